import { dearmor } from './armor.ts';
import { openGnupgAead, openProtected2 } from './authenticated-data.ts';
import { ByteReader, type Bytes } from './byte-reader.ts';
import type { SessionKey } from './ciphers.ts';
import { readContents } from './contents.ts';
import { damaged, OpenPgpError, unsupported } from './openpgp-error.ts';
import { type PacketHeader, readBody, readHeader, readSmallBody, TAG } from './packets.ts';
import { openProtected } from './protected-data.ts';
import { type OpenPgpKey, openSessionKeys } from './session-keys.ts';

const MOST_RECIPIENTS = 1000;
const MOST_RECIPIENT_BYTES = 16 * 1024;

/**
 * The content of a message, as it is being decrypted. What comes out may still prove to be forged: only the normal end says that it is whole.
 * Throws `OpenPgpError`.
 */
export async function* decryptMessage(
  input: AsyncIterable<Bytes>,
  keys: readonly OpenPgpKey[],
  maxBytes: number,
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(dearmor(input));
  try {
    const { recipients, hasPassword, header } = await readRecipients(reader);
    if (recipients.length === 0)
      throw new OpenPgpError(
        'no-key',
        hasPassword ? 'it is encrypted with a password, not for a key' : 'it names no recipient',
      );
    const sessionKeys = await openSessionKeys(recipients, keys);
    yield* readContents(openEncrypted(readBody(reader, header), header.tag, sessionKeys), maxBytes);
    await mustEnd(reader);
  } finally {
    await reader.end();
  }
}

interface Envelope {
  readonly recipients: readonly Uint8Array[];
  readonly hasPassword: boolean;
  /** Of the encrypted data. */
  readonly header: PacketHeader;
}

async function readRecipients(reader: ByteReader): Promise<Envelope> {
  const recipients: Uint8Array[] = [];
  let hasPassword = false;
  for (let count = 0; count < MOST_RECIPIENTS; count++) {
    const header = await readFirstHeader(reader, count === 0);
    switch (header.tag) {
      case TAG.protected:
      case TAG.authenticated:
        return { recipients, hasPassword, header };
      case TAG.unprotected:
        throw damaged('it has no integrity protection: anybody could have changed it');
      case TAG.publicKeySession:
        recipients.push(await readSmallBody(reader, header, MOST_RECIPIENT_BYTES));
        break;
      case TAG.passwordSession:
        hasPassword = true;
        await readSmallBody(reader, header, MOST_RECIPIENT_BYTES);
        break;
      case TAG.marker:
      case TAG.padding:
        await readSmallBody(reader, header, MOST_RECIPIENT_BYTES);
        break;
      default:
        throw notEncrypted(header, recipients.length === 0 && !hasPassword);
    }
  }
  throw unsupported(`it has more than ${MOST_RECIPIENTS} recipients`);
}

async function readFirstHeader(reader: ByteReader, isFirst: boolean): Promise<PacketHeader> {
  try {
    const header = await readHeader(reader);
    if (header !== undefined) return header;
  } catch (error) {
    if (isFirst && error instanceof OpenPgpError && error.reason === 'damaged')
      throw new OpenPgpError('not-a-message', 'it is no OpenPGP message');
    throw error;
  }
  if (isFirst) throw new OpenPgpError('not-a-message', 'there is nothing in it');
  throw damaged('the message ends before what is encrypted');
}

function notEncrypted({ tag }: PacketHeader, isFirst: boolean): OpenPgpError {
  if (!isFirst) return damaged(`a packet of type ${tag} stands where encrypted data should`);
  const isPlain = [TAG.signature, TAG.onePassSignature, TAG.compressed, TAG.literal].some(
    (one) => one === tag,
  );
  return new OpenPgpError(
    'not-a-message',
    isPlain ? 'it is not encrypted' : `it begins with a packet of type ${tag}: it is no OpenPGP message`,
  );
}

async function* openEncrypted(
  body: AsyncIterable<Bytes>,
  tag: number,
  keys: readonly SessionKey[],
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(body);
  const version = await reader.mustByte();
  if (tag === TAG.protected && version === 1) yield* openProtected(reader.rest(), keys);
  else if (tag === TAG.protected && version === 2) yield* openProtected2(reader.rest(), keys);
  else if (tag === TAG.authenticated && version === 1) yield* openGnupgAead(reader.rest(), keys);
  else throw unsupported(`its encrypted data are of version ${version}`);
}

/** Nothing is authenticated that stands behind what is encrypted. */
async function mustEnd(reader: ByteReader): Promise<void> {
  for (;;) {
    const header = await readHeader(reader);
    if (header === undefined) return;
    if (header.tag !== TAG.padding && header.tag !== TAG.marker)
      throw damaged('something follows the end of the message');
    await readSmallBody(reader, header, MOST_RECIPIENT_BYTES);
  }
}
