import { randomBytes } from 'node:crypto';
import type { Client, ConnectConfig } from 'ssh2';
import type { FileTree } from '../../src/files/file-tree.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { listenSftp } from '../../src/sftp/listen-sftp.ts';
import type {
  Authenticate,
  SessionEvent,
  SftpLimits,
  SftpServer,
  SftpServerOptions,
  SftpSettings,
} from '../../src/sftp/sftp-server.ts';
import { IMPLEMENTED } from '../../src/sftp/ssh/algorithms.ts';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import { createMemoryTree } from './memory-tree.ts';

export interface ServeSftp {
  readonly tree?: FileTree;
  readonly settings?: Partial<SftpSettings>;
  readonly limits?: Partial<SftpLimits>;
  readonly authenticate?: Authenticate;
  readonly home?: string;
  readonly clock?: Pick<typeof systemClock, 'now' | 'at'>;
  readonly rekeyBytes?: number;
}

export interface ServedSftp extends AsyncDisposable {
  readonly server: SftpServer;
  readonly events: readonly SessionEvent[];
  /** Resolves with the first event, past or to come, that fits. */
  event(fits: (event: SessionEvent) => boolean): Promise<SessionEvent>;
}

export const USER = { username: 'alice', password: 'correct horse' };

const LIMITS: SftpLimits = {
  loginMilliseconds: 0,
  idleMilliseconds: 0,
  unresponsiveMilliseconds: 0,
  authenticationAttempts: 6,
  sessions: 0,
  channels: 10,
  handles: 100,
  packetBytes: 256 * 1024,
};

/** A server on a free port of the loopback that lets `USER` in. */
export async function serveSftp(options: ServeSftp = {}): Promise<ServedSftp> {
  const { tree = createMemoryTree(), clock = systemClock, home = '/' } = options;
  const events: SessionEvent[] = [];
  const waiting = new Set<(event: SessionEvent) => void>();
  const login = { openTree: async () => tree, home };
  let sessions = 0;
  const all: SftpServerOptions = {
    host: '127.0.0.1',
    port: 0,
    settings: { hostKeys: [keyPair('ed25519').private], algorithms: IMPLEMENTED, ...options.settings },
    limits: { ...LIMITS, ...options.limits },
    authenticate:
      options.authenticate ??
      (async ({ userName, method }) =>
        userName === USER.username && method.kind === 'password' && method.password === USER.password
          ? login
          : undefined),
    observe: (event) => {
      events.push(event);
      for (const tell of waiting) tell(event);
    },
    random: randomBytes,
    newSessionId: () => (++sessions).toString(16).padStart(16, '0'),
    now: () => clock.now(),
    after: (milliseconds, call) => clock.at(clock.now() + milliseconds, call),
  };
  const server = await listenSftp(all, options.rekeyBytes);
  return {
    server,
    events,
    event: (fits) => {
      const past = events.find(fits);
      if (past !== undefined) return Promise.resolve(past);
      const { promise, resolve } = Promise.withResolvers<SessionEvent>();
      const tell = (event: SessionEvent): void => {
        if (!fits(event)) return;
        waiting.delete(tell);
        resolve(event);
      };
      waiting.add(tell);
      return promise;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

const KEY_TYPES = {
  ed25519: () => ssh2.utils.generateKeyPairSync('ed25519'),
  rsa: () => ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }),
  ecdsa256: () => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }),
  ecdsa384: () => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 384 }),
  ecdsa521: () => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 521 }),
} as const;

export interface KeyPair {
  /** In OpenSSH's form. */
  readonly private: string;
  /** One line. */
  readonly public: string;
}

const made = new Map<string, KeyPair>();

/** A key pair of that type; the same for all who ask. */
export function keyPair(type: keyof typeof KEY_TYPES): KeyPair {
  const pair = made.get(type) ?? firstWhole(KEY_TYPES[type]);
  made.set(type, pair);
  return pair;
}

/** Of 256 Ed25519 keys that ssh2 makes, one or two lack a zero in front, and no program reads them. */
function firstWhole(make: () => KeyPair): KeyPair {
  for (;;) {
    const pair = make();
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

/** A client of ssh2 that has logged in; ends with the scope. */
export async function connect(
  { server }: Pick<ServedSftp, 'server'>,
  config: ConnectConfig = {},
): Promise<Client & Disposable> {
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client
    .once('ready', resolve)
    .on('error', reject)
    .once('close', () => reject(new Error('the server has closed the connection')));
  client.connect({ host: server.host, port: server.port, ...USER, ...config });
  await promise;
  client.setNoDelay(true);
  return Object.assign(client, { [Symbol.dispose]: () => void client.destroy() });
}
