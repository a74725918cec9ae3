import {
  type KeyID,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
  readPrivateKeys,
  type SecretKeyPacket,
  type SecretSubkeyPacket,
} from 'openpgp';
import type { SessionKey } from './ciphers.ts';
import { damaged, OpenPgpError, unsupported } from './openpgp-error.ts';

export interface OpenPgpKey {
  /** An armored block; it may hold several keys. */
  readonly privateKey: string;
  readonly passphrase?: string | undefined;
}

type KeyPacket = SecretKeyPacket | SecretSubkeyPacket;

interface Candidate {
  readonly packet: KeyPacket;
  readonly passphrase: string | undefined;
}

const ENCRYPTING: ReadonlySet<number> = new Set([1, 2, 16, 18, 25, 26]);
/** Each costs milliseconds: a message for a thousand recipients who are not named must not cost minutes. */
const MOST_TRIALS = 100;

/**
 * What the message may be encrypted under, from its Public-Key Encrypted Session Key packets: by keys whose ids are named first, then by all keys
 * for recipients who are hidden. Throws `no-key`, `wrong-passphrase`, `unsupported` or `damaged` when there is nothing.
 */
export async function openSessionKeys(
  packets: readonly Uint8Array[],
  keys: readonly OpenPgpKey[],
): Promise<readonly SessionKey[]> {
  const recipients = packets.map(readRecipient);
  const read = await Promise.all(keys.map(candidatesOf));
  const candidates = read.flatMap((found) => found ?? []);
  const pairs = [...pairsOf(recipients, candidates, false), ...pairsOf(recipients, candidates, true)];
  const found: SessionKey[] = [];
  const problems: OpenPgpError[] = [];
  for (const { recipient, candidate } of pairs.slice(0, MOST_TRIALS)) {
    const opened = await tryToOpen(recipient, candidate);
    if (opened instanceof OpenPgpError) problems.push(opened);
    else found.push(opened);
  }
  if (found.length > 0) return found;
  throw worst(problems) ?? noKey(recipients, read.filter((found) => found === undefined).length);
}

interface Recipient {
  /** Hexadecimal; zeros for a hidden one. */
  readonly keyId: string;
  readonly isHidden: boolean;
  readonly bytes: Uint8Array;
}

/** A packet that cannot be read is nobody's. */
function readRecipient(bytes: Uint8Array): Recipient {
  try {
    const keyId = parse(bytes).publicKeyID.toHex();
    return { keyId, isHidden: /^0+$/.test(keyId), bytes };
  } catch {
    return { keyId: '', isHidden: false, bytes };
  }
}

/** What the package's declarations leave out of the packet. */
interface SessionPacket {
  readonly publicKeyID: KeyID;
  readonly sessionKey: Uint8Array | null;
  /** Absent where the encrypted data name it. */
  readonly sessionKeyAlgorithm: number | null;
  read(bytes: Uint8Array): void;
  decrypt(key: KeyPacket): Promise<void>;
}

function parse(bytes: Uint8Array): SessionPacket {
  const packet = new PublicKeyEncryptedSessionKeyPacket() as unknown as SessionPacket;
  packet.read(bytes);
  return packet;
}

/** Undefined when the text cannot be read as private keys. */
async function candidatesOf({ privateKey, passphrase }: OpenPgpKey): Promise<Candidate[] | undefined> {
  const keys = await readPrivateKeys({ armoredKeys: privateKey }).catch((): PrivateKey[] => []);
  if (keys.length === 0) return undefined;
  return keys
    .flatMap((key) => [key.keyPacket, ...key.subkeys.map((subkey) => subkey.keyPacket)] as KeyPacket[])
    .filter((packet) => ENCRYPTING.has(packet.algorithm as number) && !packet.isDummy())
    .map((packet) => ({ packet, passphrase }));
}

function* pairsOf(recipients: readonly Recipient[], candidates: readonly Candidate[], isHidden: boolean) {
  for (const recipient of recipients) {
    if (recipient.isHidden !== isHidden) continue;
    for (const candidate of candidates) {
      const isFor = isHidden || candidate.packet.getKeyID().toHex() === recipient.keyId;
      if (isFor) yield { recipient, candidate };
    }
  }
}

async function tryToOpen(
  { bytes, isHidden }: Recipient,
  { packet, passphrase }: Candidate,
): Promise<SessionKey | OpenPgpError> {
  const locked = await unlock(packet, passphrase);
  if (locked !== undefined) return locked;
  try {
    const session = parse(bytes);
    await session.decrypt(packet);
    if (session.sessionKey === null) return damaged('its session key cannot be read');
    return { algorithm: session.sessionKeyAlgorithm ?? 0, key: session.sessionKey };
  } catch (error) {
    if (error instanceof Error && error.message === 'Invalid enum value.')
      return unsupported('its cipher is not one of OpenPGP’s common ones; use AES');
    // What is not for this key at all cannot be told from what is damaged.
    return isHidden
      ? new OpenPgpError('no-key', 'it is for hidden recipients, and none of the keys fits')
      : damaged('its session key cannot be decrypted by the key that it is for');
  }
}

/** The reason when it stays locked. */
async function unlock(packet: KeyPacket, passphrase: string | undefined): Promise<OpenPgpError | undefined> {
  if (packet.isDecrypted()) return undefined;
  const name = `private key ${packet.getKeyID().toHex()}`;
  if (passphrase === undefined || passphrase === '')
    return new OpenPgpError('wrong-passphrase', `${name} has a passphrase, and none was given`);
  try {
    await packet.decrypt(passphrase);
    return undefined;
  } catch (error) {
    const isWrong = error instanceof Error && error.message.startsWith('Incorrect key passphrase');
    return isWrong
      ? new OpenPgpError('wrong-passphrase', `the passphrase does not open ${name}`)
      : unsupported(`${name} is protected in a way that is not supported`);
  }
}

const GRAVITY = ['wrong-passphrase', 'unsupported', 'damaged', 'no-key'];

/** What whoever keeps the keys can mend comes first. */
function worst(problems: readonly OpenPgpError[]): OpenPgpError | undefined {
  return problems.toSorted((a, b) => GRAVITY.indexOf(a.reason) - GRAVITY.indexOf(b.reason))[0];
}

function noKey(recipients: readonly Recipient[], unreadable: number): OpenPgpError {
  const ids = recipients.slice(0, 10).map(({ keyId }) => keyId || 'unreadable');
  const hint = unreadable === 0 ? '' : `; ${unreadable} of the keys cannot be read as armored private keys`;
  return new OpenPgpError('no-key', `none of the keys is one that it is for: ${ids.join(', ')}${hint}`);
}
