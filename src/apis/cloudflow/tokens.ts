import { timingSafeEqual } from 'node:crypto';
import { sealTokenText, type TokenParts, taskTokenText } from './machine/token-text.ts';

/** MAC of a text under the installation's key; never holds a `#`. */
export type TokenMac = (text: string) => string;

/** The token by which a task is reported. */
export function taskToken(mac: TokenMac, parts: TokenParts): string {
  const text = taskTokenText(parts);
  return sealTokenText(text, mac(text));
}

/** What a task token names; undefined for one that this installation has not made. */
export function readTaskToken(mac: TokenMac, token: string): TokenParts | undefined {
  const sealed = Buffer.from(token, 'base64').toString();
  const end = sealed.lastIndexOf('#');
  const text = sealed.slice(0, Math.max(end, 0));
  const [version, flow, executionName, executionId, event, ...rest] = text.split('#');
  if (version !== 'v1' || rest.length > 0 || !isSealOf(mac(text), sealed.slice(end + 1))) return undefined;
  if (flow === undefined || executionName === undefined || executionId === undefined) return undefined;
  // Base64 has many spellings of the same bytes; only ours is a token.
  const parts = { flow, executionName, executionId, taskEventId: Number(event) };
  if (!Number.isSafeInteger(parts.taskEventId)) return undefined;
  return taskToken(mac, parts) === token ? parts : undefined;
}

function isSealOf(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
