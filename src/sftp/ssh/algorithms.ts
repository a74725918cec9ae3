import type { SshAlgorithms } from '../sftp-server.ts';
import { KEY_EXCHANGES } from './key-exchanges.ts';

/** What ssh2 can do as a server, or was taught, and is fit to be used: it knows ciphers that are broken, which no list shall bring back. */
export const IMPLEMENTED: SshAlgorithms = {
  ciphers: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  keyExchanges: [
    ...KEY_EXCHANGES.keys(),
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group18-sha512',
  ],
  macs: [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha1-etm@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
    'hmac-sha1',
  ],
  hostKeys: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-256',
    'rsa-sha2-512',
    'ssh-rsa',
  ],
};

/** Of the wanted algorithms those that are implemented, in the order wanted. Throws when a list has none. */
export function negotiable(wanted: SshAlgorithms): SshAlgorithms {
  const both = (list: keyof SshAlgorithms): readonly string[] => {
    const names = [...new Set(wanted[list])].filter((name) => IMPLEMENTED[list].includes(name));
    if (names.length > 0) return names;
    throw new Error(`None of the ${list} is implemented: ${wanted[list].join(', ') || 'the list is empty'}`);
  };
  return {
    ciphers: both('ciphers'),
    keyExchanges: both('keyExchanges'),
    macs: both('macs'),
    hostKeys: both('hostKeys'),
  };
}
