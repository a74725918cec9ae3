import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import type { SecretBox } from './secret-box.ts';

const CIPHER = 'aes-256-gcm';
const FORM = 's1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed cannot be opened; never says anything of its content. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
  readonly reason: 'other-key' | 'not-sealed' | 'changed';

  constructor(reason: SecretBoxError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * AES-256-GCM under a key of 32 bytes, with a random nonce for each text; `random` gives that many random bytes. A sealed text is
 * `s1.<id of the key>.<base64url of nonce, tag and ciphertext>`: the id tells keys apart without revealing them.
 */
export function createSecretBox(key: Uint8Array, random: (bytes: number) => Uint8Array): SecretBox {
  // A key object prints without its bytes, and so does what closes over it.
  const secretKey = createSecretKey(key);
  const keyId = createHmac('sha256', secretKey).update('id of this key').digest('hex').slice(0, 16);
  const bound = (purpose: string): Buffer => Buffer.from(`${FORM}.${keyId}.${purpose}`);
  return {
    seal: (text, purpose) => {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, secretKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(bound(purpose));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const whole = Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
      return `${FORM}.${keyId}.${whole.toString('base64url')}`;
    },
    open: (sealed, purpose) => {
      const whole = sealedBytes(sealed, keyId);
      const nonce = whole.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, secretKey, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(bound(purpose));
      decipher.setAuthTag(whole.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text = decipher.update(whole.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString();
      } catch {
        throw new SecretBoxError('changed', 'a sealed text was changed, or sealed for another purpose');
      }
    },
  };
}

function sealedBytes(sealed: string, keyId: string): Buffer {
  const [form, id, content = '', ...rest] = sealed.split('.');
  const whole = Buffer.from(content, 'base64url');
  if (form !== FORM || rest.length > 0 || whole.length < NONCE_BYTES + TAG_BYTES)
    throw new SecretBoxError('not-sealed', 'this is no sealed text');
  if (id !== keyId)
    throw new SecretBoxError(
      'other-key',
      'this text was sealed under another master key than the present one',
    );
  return whole;
}
