import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  AEADEncryptedDataPacket,
  config,
  createMessage,
  encrypt,
  enums,
  generateKey,
  PacketList,
  type PrivateKey,
  readKey,
} from 'openpgp';
import { decryptMessage } from '../../src/openpgp/decrypt-message.ts';
import { inPieces, key } from './fixtures.ts';
import { concat, packet, recipient, sessionKey } from './message-maker.ts';

async function decrypt(bytes: Uint8Array, privateKey = key('nistp256').privateKey): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of decryptMessage(inPieces(bytes, 1000), [{ privateKey }], 10_000_000))
    pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const contents = [0, 1, 63, 64, 65, 1000, 100_000].map((size) => randomBytes(size));
const modes = { ocb: enums.aead.ocb, gcm: enums.aead.gcm } as const;

/** What the declarations of the package leave out. */
interface AeadPacket {
  aeadAlgorithm: number;
  packets: unknown;
  encrypt(algorithm: number, key: Uint8Array, settings: object): Promise<void>;
  write(): { readToEnd(join: (pieces: Uint8Array[]) => Buffer): Promise<Buffer> };
}

/** As GnuPG 2.3 and later write them for keys that allow it. */
async function gnupgMessage(content: Buffer): Promise<Buffer> {
  const inner = new PacketList();
  const message = await createMessage({ binary: content });
  inner.push(...(message as unknown as { packets: PacketList<never> }).packets);
  const aead = new AEADEncryptedDataPacket() as unknown as AeadPacket;
  aead.aeadAlgorithm = enums.aead.ocb;
  aead.packets = inner;
  await aead.encrypt(enums.symmetric.aes256, sessionKey, { ...config, aeadChunkSizeByte: 0 });
  return concat(await recipient(), packet(20, await aead.write().readToEnd(Buffer.concat)));
}

test('authenticated packets of GnuPG', async () => {
  for (const content of contents) {
    const bytes = await gnupgMessage(content);
    assert.deepEqual(await decrypt(bytes), content);
    for (const place of [0.5, 0.9, 0.999]) {
      const changed = Buffer.from(bytes);
      const at = Math.floor(place * changed.length);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(decrypt(changed), { name: 'OpenPgpError' });
    }
    for (const cut of content.length > 100 ? [1, 16, 17, 80] : [1, 16, 17]) {
      await assert.rejects(decrypt(bytes.subarray(0, -cut)), { reason: 'damaged' });
      await assert.rejects(decrypt(shortened(bytes, cut)), { name: 'OpenPgpError' });
    }
  }
});

/** The same with a header that says it is whole. */
function shortened(bytes: Buffer, cut: number): Buffer {
  const at = bytes.indexOf(Buffer.from([0xd4, 255]));
  const changed = Buffer.from(bytes.subarray(0, -cut));
  changed.writeUInt32BE(bytes.readUInt32BE(at + 2) - cut, at + 2);
  return changed;
}

for (const [name, mode] of Object.entries(modes))
  test(`messages of RFC 9580 in ${name}`, async () => {
    const settings = { aeadProtect: true, preferredAEADAlgorithm: mode, aeadChunkSizeByte: 0 };
    const made = (await generateKey({
      userIDs: [{ email: 'a@example.org' }],
      type: 'curve25519',
      format: 'object',
      config: { ...settings, v6Keys: true },
    })) as { privateKey: PrivateKey };
    const encryptionKeys = await readKey({ armoredKey: made.privateKey.toPublic().armor() });
    for (const content of contents) {
      const bytes = (await encrypt({
        message: await createMessage({ binary: content }),
        encryptionKeys,
        format: 'binary',
        config: settings,
      })) as Uint8Array;
      assert.deepEqual(await decrypt(bytes, made.privateKey.armor()), content);
      for (const place of [0.5, 0.9, 0.999]) {
        const changed = Buffer.from(bytes);
        const at = Math.floor(place * changed.length);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await assert.rejects(decrypt(changed, made.privateKey.armor()), { name: 'OpenPgpError' });
      }
    }
  });
