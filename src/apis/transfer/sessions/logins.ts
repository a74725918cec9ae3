import { BoundedMap } from '../../../lib/bounded-map.ts';
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

/** Sessions that are logging in or logged in; the oldest are forgotten when a server has had more. */
const REMEMBERED = 20_000;
/** https://docs.aws.amazon.com/transfer/latest/userguide/API_CreateUser.html */
const REFUSED_NAMES = /^(?:.{0,2}|root)$/;

interface Known {
  readonly user: SessionUser;
  readonly publicKeys: readonly string[];
}

/** Decides who may log in to one server, and what they see. */
export class Logins {
  readonly #transfer: Transfer;
  readonly #key: ServerKey;
  readonly #log: SessionLog;
  readonly #sessions = new BoundedMap<string, Session>(REMEMBERED);
  /** A client that offers several keys asks for each, and again with a signature. */
  readonly #keyHolders = new BoundedMap<string, Promise<Known | undefined> | undefined>(REMEMBERED);

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
    const known = await this.#known(attempt, server);
    if (known === undefined || !isProven(attempt, known)) return undefined;
    if (step === 'first-of-two') return 'more';
    return this.#login(attempt, { server, user: known.user });
  }

  observe(event: SessionEvent): void {
    this.#log.event(event, this.#sessions.get(event.sessionId));
  }

  #known(attempt: LoginAttempt, server: Server): Promise<Known | undefined> {
    if (attempt.method.kind === 'password') return this.#ask(attempt, server, attempt.method.password);
    const holder = `${attempt.sessionId} ${attempt.userName}`;
    let known = this.#keyHolders.get(holder);
    if (known === undefined) {
      known = this.#ask(attempt, server);
      this.#keyHolders.set(holder, known);
      // What could not be asked is asked again.
      known.catch(() => this.#keyHolders.set(holder, undefined));
    }
    return known;
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
    { server, user }: { server: Server; user: SessionUser },
  ): Promise<Login> {
    const { account, region, id: serverId } = this.#key;
    const { sessionId: id, sourceIp } = attempt;
    const session: Session = { account, region, serverId, id, sourceIp, user };
    this.#sessions.set(id, session);
    const openTree = async () => openHome(this.#transfer, { session, server, log: this.#log });
    return { openTree, home: await homePath(user, openTree) };
  }
}

function isProven({ method }: LoginAttempt, { publicKeys }: Known): boolean {
  if (method.kind === 'publickey') return holdsKey(publicKeys, method.key);
  // Whoever answers a password with keys has not looked at the password.
  return publicKeys.length === 0;
}
