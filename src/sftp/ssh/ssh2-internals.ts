import { createSecretKey } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ServerChannel, Session, Connection as SshClient } from 'ssh2';
import type { PacketRoom } from './packet-room.ts';

/**
 * With `ssh2-exchanges.ts` and `ssh2.ts` all that touches what ssh2 does not make public. `test/sftp/ssh2-internals.test.ts` fails when
 * that changes, and each part says what it is for, so that it can go when ssh2 has an answer of its own.
 */
interface Direction {
  readonly packetSize: number;
}

interface KeyExchange {
  remoteExtInfoEnabled: boolean;
  readonly _sentNEWKEYS: boolean;
  /** Undefined once the new keys are taken. */
  readonly _kexinit: Buffer | undefined;
  /** At the second call: takes them. */
  finish(): void;
}

interface SessionInside {
  readonly _chanInfo: { readonly outgoing: { readonly id: number } };
  /** What was opened in it. */
  readonly _channel: ServerChannel | undefined;
}

type Keys = Record<string, unknown>;

interface Protocol {
  readonly _kex: KeyExchange;
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(length: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  /** `_aadLen` is 0 where the length of a packet is encrypted with the rest. */
  readonly _cipher: Keys & { readonly _aadLen?: number; encrypt(packet: Buffer): void };
  readonly _decipher: Keys;
  /** Defined while keys are exchanged: packets of data wait until then. */
  readonly _kexinit: Buffer | undefined;
  _onWrite: (bytes: Uint8Array) => void;
  channelData: (channel: number, data: Uint8Array) => void;
  _onHandshakeComplete: (negotiated: unknown) => void;
  disconnect: (reason: number) => void;
  readonly _handlers: { SERVICE_REQUEST: (protocol: Protocol, service: string) => void };
  serviceAccept(service: string): void;
  channelClose(channel: number): void;
}

/** Whose inside is known here. */
const KNOWN_VERSION = '1.17.0';

const INSTALLED = createRequire(import.meta.url)('ssh2/package.json') as { readonly version: string };

/** Throws where another is installed: with what it has inside, clients could agree on what no policy lists. */
export function checkVersion({ version } = INSTALLED): void {
  if (version === KNOWN_VERSION) return;
  throw new Error(`ssh2 ${version} is installed, and SFTP can be served by ${KNOWN_VERSION} alone`);
}

/**
 * The most that the client takes in one packet of the channel. ssh2 sends without end to one that says 0, so whoever writes must
 * ask before.
 */
export function packetSizeOf(channel: ServerChannel): number {
  return (channel.outgoing as Direction).packetSize;
}

/**
 * Tells the client which signatures users may prove keys with (RFC 8308), to be called before the handshake. ssh2's own message
 * lacks a comma, so that clients think `rsa-sha2-512` unknown, and names SHA-1 and DSA whatever the lists say.
 */
export function announceSignatures(client: SshClient, algorithms: readonly string[]): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const complete = protocol._onHandshakeComplete;
  protocol._onHandshakeComplete = (negotiated) => {
    protocol._onHandshakeComplete = complete;
    const isWanted = protocol._kex.remoteExtInfoEnabled;
    protocol._kex.remoteExtInfoEnabled = false;
    complete(negotiated);
    if (isWanted) sendPayload(protocol, extensionInfo(algorithms));
  };
}

/**
 * Lets the client ask for the service of logins before each attempt, as paramiko does; to be called before the handshake. ssh2 takes
 * that for an end of the protocol, so that no attempt could follow another.
 */
export function acceptServiceAgain(client: SshClient): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const { SERVICE_REQUEST: accept } = protocol._handlers;
  let isAccepted = false;
  protocol._handlers.SERVICE_REQUEST = (itself, service) => {
    const { authenticated } = client as unknown as { readonly authenticated: boolean };
    if (isAccepted && !authenticated && service === 'ssh-userauth') return protocol.serviceAccept(service);
    isAccepted = true;
    accept(itself, service);
  };
}

/**
 * To be called before the handshake. ssh2 takes the new keys of both directions at the client's NEWKEYS, and a DISCONNECT that came
 * after its own was under the old ones, so that clients could not read it.
 */
export function disconnectUnderNewKeys(client: SshClient): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const { disconnect } = protocol;
  protocol.disconnect = (reason) => {
    const exchange: KeyExchange | undefined = protocol._kex;
    if (exchange?._sentNEWKEYS === true && exchange._kexinit !== undefined) {
      protocol._onHandshakeComplete = () => {};
      exchange.finish();
    }
    disconnect.call(protocol, reason);
  };
}

/** Answers the CLOSE of a session in which nothing was opened, as RFC 4254 demands: ssh2 does not, and libssh2 waits for it. */
export function answeringClose(client: SshClient, session: Session): Session {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const inside = session as unknown as SessionInside;
  return session.once('close', () => {
    if (inside._channel === undefined) protocol.channelClose(inside._chanInfo.outgoing.id);
  });
}

/**
 * Whether memory that was received may be freed once ssh2 has read it: true of AES by Node, whose deciphers copy what they keep for
 * later; those of ChaCha20 keep views of it.
 */
export function readsAtOnce(client: SshClient): boolean {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  return '_decipherInstance' in protocol._decipher;
}

/** Where ciphers and deciphers keep the keys that they start anew with for each packet. */
const KEYS = [
  '_encKey',
  '_decipherKey',
  '_macKey',
  '_encKeyMain',
  '_encKeyPktLen',
  '_decKeyMain',
  '_decKeyPktLen',
];

/**
 * To be called after each handshake: Node takes 20 µs less for a cipher or a MAC whose key is a `KeyObject` than for one whose key is
 * bytes, and ssh2 makes one or more for each packet. A quarter of the time of a transfer.
 */
export function prepareKeys(client: SshClient): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  for (const keys of [protocol._cipher, protocol._decipher] as Keys[]) {
    for (const name of KEYS) {
      const key = keys[name];
      if (Buffer.isBuffer(key)) keys[name] = createSecretKey(key);
    }
  }
}

/** Up to here to copy the parts of a packet costs less than to send them apart. */
const WORTH_JOINING = 4096;

/**
 * To be called before the handshake; all connections may share the room, since a packet is encrypted before the next is made.
 * ssh2 takes 32 KiB anew for each packet of data, asks for its few bytes of padding one packet at a time, and sends it in three
 * parts: a seventh of the time of a download.
 */
export function reusePacketMemory(client: SshClient, room: PacketRoom): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const { _onWrite: send, channelData } = protocol;
  let parts: Uint8Array[] | undefined;
  protocol._onWrite = (bytes) => {
    if (parts === undefined) send(bytes);
    else parts.push(bytes);
  };
  protocol.channelData = (channel, data) => {
    const { _cipher: cipher, _kexinit: exchange } = protocol;
    const isLengthEncrypted = cipher._aadLen === 0;
    const packet = exchange === undefined ? room.fill({ channel, data, isLengthEncrypted }) : undefined;
    if (packet === undefined) return channelData.call(protocol, channel, data);
    const encrypted: Uint8Array[] = [];
    parts = encrypted;
    try {
      cipher.encrypt(packet);
    } finally {
      parts = undefined;
    }
    // Some ciphers leave the length in front as it is, and send it from where it lies.
    if (data.length <= WORTH_JOINING) send(Buffer.concat(encrypted));
    else for (const part of encrypted) send(room.holds(part) ? Uint8Array.from(part) : part);
  };
}

const EXT_INFO = 7;

function extensionInfo(algorithms: readonly string[]): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string): readonly Buffer[] => [number(Buffer.byteLength(value)), Buffer.from(value)];
  const list = text(algorithms.join(','));
  return Buffer.concat([Buffer.of(EXT_INFO), number(1), ...text('server-sig-algs'), ...list]);
}

function sendPayload({ _packetRW: { write }, _cipher }: Protocol, payload: Buffer): void {
  const packet = write.alloc(payload.length);
  packet.set(payload, write.allocStart);
  _cipher.encrypt(write.finalize(packet));
}
