import { hash, timingSafeEqual } from 'node:crypto';
import { createHmacSha256, type Hmac } from './signatures/hmac-sha256.ts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Hexadecimal digits: 128 bits. */
const MAC_LENGTH = 32;
const TOKEN = /^[\w-]+\.[0-9a-f]{32}$/;

/** Tokens of pages that hold their place themselves, sealed, and are good for one query and 24 hours. */
export class PageTokens {
  readonly #hmac: Hmac;
  readonly #now: () => number;

  readonly #refusal: () => Error;

  /** `refusal` is the vendor's error for a token that is not good. */
  constructor(key: Buffer, now: () => number, refusal: () => Error) {
    this.#hmac = createHmacSha256(key);
    this.#now = now;
    this.#refusal = refusal;
  }

  write(query: string, place: unknown): string {
    const text = Buffer.from(JSON.stringify([this.#now() + LIFETIME_MS, place])).toString('base64url');
    return `${text}.${this.#mac(text, query)}`;
  }

  /** Throws the refusal for what was not written for this query, or too long ago. */
  read(query: string, token: string): unknown {
    const text = token.slice(0, -MAC_LENGTH - 1);
    if (!TOKEN.test(token) || !this.#isOurs(text, query, token)) throw this.#refusal();
    const [expires, place] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [number, unknown];
    if (expires < this.#now()) throw this.#refusal();
    return place;
  }

  #isOurs(text: string, query: string, token: string): boolean {
    return timingSafeEqual(Buffer.from(token.slice(-MAC_LENGTH)), Buffer.from(this.#mac(text, query)));
  }

  #mac(text: string, query: string): string {
    return this.#hmac(`page.${text}.${hash('sha256', query)}`).slice(0, MAC_LENGTH);
  }
}
