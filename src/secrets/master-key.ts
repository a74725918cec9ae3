export const KEY_BYTES = 32;

const HEXADECIMAL = /^[0-9a-f]{64}$/i;
const BASE64 = /^[\w+/-]{43}=?$/;

/** 32 bytes from base64 or hexadecimal; throws an error that names the source and never the text. */
export function readMasterKey(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  if (HEXADECIMAL.test(trimmed)) return Buffer.from(trimmed, 'hex');
  const key = BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64') : undefined;
  if (key?.length === KEY_BYTES) return key;
  throw new Error(`${source} must hold ${KEY_BYTES} bytes in base64 or hexadecimal`);
}
