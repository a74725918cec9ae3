import * as openpgp from 'openpgp';

export interface PgpKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function newPgpKey(type: 'rsa' | 'ecc', passphrase?: string): Promise<PgpKeyPair> {
  const userIDs = [{ name: 'Test' }];
  return openpgp.generateKey({
    userIDs,
    format: 'armored',
    ...(type === 'rsa' ? { type, rsaBits: 2048 } : { type }),
    ...(passphrase !== undefined && { passphrase }),
  });
}

export async function encryptFor({ publicKey }: PgpKeyPair, content: Uint8Array): Promise<Uint8Array> {
  const message = await openpgp.createMessage({ binary: content, filename: 'do-not-use.txt' });
  const encryptionKeys = await openpgp.readKey({ armoredKey: publicKey });
  return openpgp.encrypt({ message, encryptionKeys, format: 'binary' });
}
