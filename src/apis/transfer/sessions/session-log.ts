import { createHash } from 'node:crypto';
import type { SessionEvent } from '../../../sftp/sftp-server.ts';
import { logGroupOf } from '../log-streams.ts';
import { arnOf } from '../names.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Session } from './session-user.ts';

/** Where what belongs to no user's session is logged. */
const NOBODY = 'ERRORS';

export interface LoggedServer extends World {
  readonly id: string;
}

/**
 * Writes the activity of sessions as the vendor's structured log has it, one stream per session.
 * https://docs.aws.amazon.com/transfer/latest/userguide/structured-logging.html
 */
export class SessionLog {
  readonly #transfer: Transfer;
  readonly #group: string;
  readonly #arn: string;

  constructor(transfer: Transfer, server: LoggedServer) {
    this.#transfer = transfer;
    const { id, ...world } = server;
    this.#group = logGroupOf(id);
    this.#arn = arnOf(world, { kind: 'server', serverId: id });
  }

  /** What the SFTP server tells; `session` is known once somebody has logged in. */
  event(event: SessionEvent, session: Session | undefined): void {
    const entry = entryOf(event, session);
    const userName = session?.user.userName ?? ('userName' in event ? event.userName : undefined);
    const hasLoggedIn = session !== undefined && userName !== undefined;
    this.#write(hasLoggedIn ? `${userName}.${event.sessionId}` : NOBODY, {
      ...entry,
      'source-ip': event.sourceIp,
      ...(userName !== undefined && { user: userName }),
      'session-id': event.sessionId,
    });
  }

  /** Something done to a file: `details` in the vendor's spelling. */
  activity(session: Session, type: string, details: Readonly<Record<string, string>>): void {
    const { id, user } = session;
    this.#write(`${user.userName}.${id}`, { 'activity-type': type, ...details, 'session-id': id });
  }

  /** Something that the server itself could not do. */
  failure(operation: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#write(NOBODY, { 'activity-type': 'ERROR', operation, message });
  }

  #write(stream: string, entry: object): void {
    const { clock, logs } = this.#transfer;
    logs.write({ group: this.#group, stream }, clock.now(), { ...entry, 'resource-arn': this.#arn });
  }
}

function entryOf(event: SessionEvent, session: Session | undefined): object {
  switch (event.kind) {
    case 'rejected':
      return { 'activity-type': 'CONNECTION_REJECTED', message: event.reason };
    case 'auth-failure':
      return { 'activity-type': 'AUTH_FAILURE', method: event.method, message: event.reason };
    case 'connected':
      return connected(event, session);
    case 'error':
      return {
        'activity-type': 'ERROR',
        operation: event.operation,
        path: event.path,
        message: event.message,
      };
    case 'disconnected':
      return { 'activity-type': 'DISCONNECTED', message: event.reason };
    default:
      return event satisfies never;
  }
}

function connected(event: SessionEvent & { kind: 'connected' }, session: Session | undefined): object {
  const { client, method, keyExchange, ciphers, publicKey } = event;
  return {
    'activity-type': 'CONNECTED',
    ...(session !== undefined && { role: session.user.role, 'home-dir': shownHome(session) }),
    client,
    method,
    kex: keyExchange,
    ciphers,
    ...(publicKey !== undefined && {
      'ssh-public-key': Buffer.from(publicKey.key).toString('base64'),
      'ssh-public-key-type': publicKey.type,
      'ssh-public-key-fingerprint': fingerprintOf(publicKey.key),
    }),
  };
}

/** The vendor shows the root for everybody with mappings. */
function shownHome({ user }: Session): string {
  return user.homeDirectoryType === 'LOGICAL' ? '/' : (user.homeDirectory ?? '/');
}

const fingerprintOf = (key: Uint8Array): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
