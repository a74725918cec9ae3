import { timingSafeEqual } from 'node:crypto';

/** Whether one of these OpenSSH lines is that key, given as SSH's binary form. */
export function holdsKey(lines: readonly string[], key: Uint8Array): boolean {
  return lines.some((line) => {
    const [, body = ''] = line.trim().split(/\s+/);
    const held = Buffer.from(body, 'base64');
    return held.length === key.length && timingSafeEqual(held, key);
  });
}
