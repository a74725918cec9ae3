import type { FileTree } from '../files/file-tree.ts';

/** One listener that serves SFTP (version 3) and nothing else of SSH: no shell, exec, forwarding or SCP. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  /** Holds for sessions to come; those that are open go on as they are. */
  configure(settings: SftpSettings): void;
  /** Accepts nothing more and ends open sessions: their unfinished files are closed as broken. */
  stop(): Promise<void>;
}

/** Rejects when the address is taken, or nothing of the algorithms is implemented. */
export type ListenSftp = (options: SftpServerOptions) => Promise<SftpServer>;

export interface SftpServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly settings: SftpSettings;
  readonly limits: SftpLimits;
  readonly authenticate: Authenticate;
  /** Told of what happens to sessions, for logs; must not throw. */
  readonly observe: (event: SessionEvent) => void;
  /** 16 lower-case hexadecimal digits. */
  readonly newSessionId: () => string;
  readonly random: (count: number) => Buffer;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls once after so many milliseconds; gives a function that calls it off. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

export interface SftpSettings {
  /** PEM or OpenSSH private keys without passphrase; the first of each type is used. */
  readonly hostKeys: readonly string[];
  /** What may be negotiated, best first; names that are not implemented are left out. */
  readonly algorithms: SshAlgorithms;
  /** Shown before the user logs in. */
  readonly banner?: string | undefined;
  /** Ways to log in that clients are told of; both when absent. What they are worth is for `authenticate` to say. */
  readonly methods?: readonly ('password' | 'publickey')[] | undefined;
}

/** Names of SSH algorithms, as in RFC 4253 and OpenSSH. */
export interface SshAlgorithms {
  readonly ciphers: readonly string[];
  readonly keyExchanges: readonly string[];
  readonly macs: readonly string[];
  readonly hostKeys: readonly string[];
}

/** Zero means unlimited. */
export interface SftpLimits {
  /** From the connection to the login. */
  readonly loginMilliseconds: number;
  /** Without a request of the client. */
  readonly idleMilliseconds: number;
  /** Without an answer of the client's SSH to a keep-alive. */
  readonly unresponsiveMilliseconds: number;
  readonly authenticationAttempts: number;
  readonly sessions: number;
  /** SFTP channels of one connection. */
  readonly channels: number;
  /** Open files and directories of one channel. */
  readonly handles: number;
  /** Bytes of one SFTP packet. */
  readonly packetBytes: number;
}

/**
 * Undefined refuses, `more` says that this was right and not all. A key is asked about twice: whether it would do, then with
 * `isProven` once the client has signed with it.
 */
export type Authenticate = (attempt: LoginAttempt) => Promise<Login | 'more' | undefined>;

export interface LoginAttempt {
  readonly sessionId: string;
  readonly userName: string;
  readonly sourceIp: string;
  readonly method:
    | { readonly kind: 'password'; readonly password: string }
    | {
        readonly kind: 'publickey';
        readonly type: string;
        readonly key: Uint8Array;
        readonly isProven: boolean;
      };
  /** Methods of this connection that have succeeded before and were answered by `more`. */
  readonly passed: readonly ('password' | 'publickey')[];
}

export interface Login {
  /** What the user sees; asked for once per SFTP channel. */
  readonly openTree: () => Promise<FileTree>;
  /** Where relative paths start; absolute. */
  readonly home: string;
}

/** `bytesIn` is what the client sent. Times are the observer's. */
export type SessionEvent = { readonly sessionId: string; readonly sourceIp: string } & (
  | { readonly kind: 'rejected'; readonly reason: string }
  | {
      readonly kind: 'auth-failure';
      readonly userName: string;
      readonly method: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'connected';
      readonly userName: string;
      readonly client: string;
      readonly method: string;
      readonly keyExchange: string;
      /** Of both directions, `in,out`. */
      readonly ciphers: string;
      readonly publicKey?: { readonly type: string; readonly key: Uint8Array };
    }
  | {
      readonly kind: 'error';
      readonly userName: string;
      readonly operation: string;
      readonly path: string;
      readonly message: string;
    }
  | { readonly kind: 'disconnected'; readonly userName: string | undefined; readonly reason: string }
);
