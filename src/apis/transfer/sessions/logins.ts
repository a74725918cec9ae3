import type { Login, LoginAttempt, SessionEvent } from '../../../sftp/sftp-server.ts';
import { identify } from '../identity/identify.ts';
import type { Server } from '../resources/documents.ts';
import { lookUpServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { homePath } from './home-mounts.ts';
import { openHome } from './home-tree.ts';
import { stepOf } from './login-step.ts';
import type { ServerKey } from './server-key.ts';
import type { SessionLog } from './session-log.ts';
import type { Session, SessionUser } from './session-user.ts';
import { holdsKey } from './user-keys.ts';

/** https://docs.aws.amazon.com/transfer/latest/userguide/API_CreateUser.html */
const REFUSED_NAMES = /^(?:.{0,2}|root)$/;

interface Known {
  readonly user: SessionUser;
  readonly publicKeys: readonly string[];
}

/** What is known of a connection for as long as it lasts: answers of providers may be large. */
interface Guest {
  /** A client that offers several keys asks for each, and again with a signature. */
  keyHolder?: { readonly userName: string; readonly known: Promise<Known | undefined> } | undefined;
  session?: Session;
}

/** Decides who may log in to one server, and what they see. */
export class Logins {
  readonly #transfer: Transfer;
  readonly #key: ServerKey;
  readonly #log: SessionLog;
  /** By the id of their session. */
  readonly #guests = new Map<string, Guest>();

  constructor(transfer: Transfer, key: ServerKey, log: SessionLog) {
    this.#transfer = transfer;
    this.#key = key;
    this.#log = log;
  }

  async authenticate(attempt: LoginAttempt): Promise<Login | 'more' | undefined> {
    const server = lookUpServer(this.#transfer, this.#key, this.#key.id);
    if (server === undefined || REFUSED_NAMES.test(attempt.userName)) return undefined;
    const step = stepOf(attempt, server);
    if (step === 'refused') return undefined;
    const guest = this.#guests.get(attempt.sessionId) ?? {};
    this.#guests.set(attempt.sessionId, guest);
    const known = await this.#known(attempt, { server, guest });
    if (known === undefined || !isProven(attempt, known)) return undefined;
    // A key that would do has still to be signed with.
    if (step === 'first-of-two' || isAsked(attempt)) return 'more';
    guest.keyHolder = undefined;
    return this.#login(attempt, { server, guest, user: known.user });
  }

  observe(event: SessionEvent): void {
    this.#log.event(event, this.#guests.get(event.sessionId)?.session);
    if (event.kind === 'disconnected') this.#guests.delete(event.sessionId);
  }

  #known(
    attempt: LoginAttempt,
    { server, guest }: { readonly server: Server; readonly guest: Guest },
  ): Promise<Known | undefined> {
    const { method, userName } = attempt;
    if (method.kind === 'password') return this.#ask(attempt, server, method.password);
    if (guest.keyHolder?.userName === userName) return guest.keyHolder.known;
    const holder = { userName, known: this.#ask(attempt, server) };
    guest.keyHolder = holder;
    // What could not be asked is asked again.
    holder.known.catch(() => {
      if (guest.keyHolder === holder) guest.keyHolder = undefined;
    });
    return holder.known;
  }

  async #ask(
    { userName, sourceIp }: LoginAttempt,
    server: Server,
    password?: string,
  ): Promise<Known | undefined> {
    const place = { world: this.#key, server };
    const question = { userName, password, protocol: 'SFTP', sourceIp };
    const { user } = await identify(this.#transfer, place, question);
    if (user === undefined) return undefined;
    const { publicKeys, ...known } = user;
    return { user: { ...known, userName }, publicKeys };
  }

  async #login(
    attempt: LoginAttempt,
    { server, guest, user }: { server: Server; guest: Guest; user: SessionUser },
  ): Promise<Login> {
    const { account, region, id: serverId } = this.#key;
    const { sessionId: id, sourceIp } = attempt;
    const session: Session = { account, region, serverId, id, sourceIp, user };
    guest.session = session;
    const openTree = async () => openHome(this.#transfer, { session, server, log: this.#log });
    return { openTree, home: await homePath(user, openTree) };
  }
}

const isAsked = ({ method }: LoginAttempt): boolean => method.kind === 'publickey' && !method.isProven;

function isProven({ method }: LoginAttempt, { publicKeys }: Known): boolean {
  if (method.kind === 'publickey') return holdsKey(publicKeys, method.key);
  // Whoever answers a password with keys has not looked at the password.
  return publicKeys.length === 0;
}
