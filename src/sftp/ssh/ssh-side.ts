import type { ParsedKey, Server, ServerConfig } from 'ssh2';
import type { SftpLimits, SftpSettings } from '../sftp-server.ts';
import { negotiable } from './algorithms.ts';
import { type HostKey, hostKeysFor } from './host-keys.ts';
import { ssh2 } from './ssh2.ts';
import { STAND_IN } from './ssh2-exchanges.ts';
import { checkVersion } from './ssh2-internals.ts';

/** What speaks SSH for connections to come, and what it was told. */
export interface SshSide {
  /** Does not listen itself: takes sockets. */
  readonly server: Server;
  /** Each connection is to offer them by `offerKeyExchanges`. */
  readonly keyExchanges: readonly string[];
  readonly methods: readonly ('password' | 'publickey')[];
  /** Whether users may prove keys by signatures with SHA-1. */
  readonly allowsSha1: boolean;
}

const IDENT = 'Orrery';
/** Keep-alives that may stay without an answer. */
const KEEP_ALIVES = 3;
/** About 24 days: what a timer can hold, and as good as never. */
const NEVER = 2 ** 31 - 1;

/** Throws what is wrong with the settings. */
export function openSshSide(settings: SftpSettings, limits: SftpLimits): SshSide {
  checkVersion();
  const { ciphers, keyExchanges, macs, hostKeys } = negotiable(settings.algorithms);
  const config: ServerConfig = {
    hostKeys: hostKeysFor(hostKeys, settings.hostKeys).map((hostKey) => ({ key: underItsName(hostKey) })),
    algorithms: {
      cipher: [...ciphers],
      // ssh2 takes the names of its own alone.
      kex: [STAND_IN],
      hmac: [...macs],
      // Only says what is made of a key that calls itself `ssh-rsa`.
      serverHostKey: ['ssh-rsa'],
      compress: ['none'],
    } as NonNullable<ServerConfig['algorithms']>,
    ident: IDENT,
    ...(settings.banner === undefined ? {} : { banner: settings.banner }),
    ...keepAlive(limits.unresponsiveMilliseconds),
  };
  return {
    server: new ssh2.Server(config),
    keyExchanges,
    methods: settings.methods ?? ['publickey', 'password'],
    allowsSha1: hostKeys.includes('ssh-rsa'),
  };
}

/**
 * ssh2 offers an RSA key under all its algorithms, SHA-1 among them, whatever it is told. A key that calls itself by the name of
 * one algorithm is offered under that one alone.
 */
function underItsName({ algorithm, key }: HostKey): ParsedKey {
  return Object.create(key, { type: { value: algorithm, enumerable: true } }) as ParsedKey;
}

function keepAlive(milliseconds: number): Pick<ServerConfig, 'keepaliveInterval' | 'keepaliveCountMax'> {
  const each = milliseconds === 0 ? NEVER : Math.max(1, Math.floor(milliseconds / (KEEP_ALIVES + 1)));
  return { keepaliveInterval: each, keepaliveCountMax: KEEP_ALIVES };
}
