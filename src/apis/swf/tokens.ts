import { hash, timingSafeEqual } from 'node:crypto';
import { BoundedMap } from '../../lib/bounded-map.ts';
import { createHmacSha256, type Hmac } from '../../wire/signatures/hmac-sha256.ts';
import { validationFault } from './faults.ts';

const PAGE_LIFETIME_MS = 24 * 60 * 60 * 1000;
const TOKEN = /^[\w.-]+$/;
/** Hexadecimal digits: 128 bits. */
const MAC_LENGTH = 32;

/** Which hand-out a task token stands for. */
export interface TaskRef {
  readonly kind: 'decision' | 'activity';
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

/**
 * Tokens that need no memory: what they name is in them, with a MAC. They stay good over restarts.
 * What does not decode is a ValidationException `Invalid token`.
 */
export class Tokens {
  readonly #hmac: Hmac;
  readonly #now: () => number;
  /** Task tokens made not long ago, with what they mean: most come back soon, and need no second MAC. */
  readonly #recent = new BoundedMap<string, TaskRef>(4_096);

  constructor(key: Buffer, now: () => number) {
    this.#hmac = createHmacSha256(key);
    this.#now = now;
  }

  taskToken(task: TaskRef): string {
    const { kind, runId, scheduledEventId, startedEventId } = task;
    const token = this.#seal(`${kind[0]}.${runId}.${scheduledEventId}.${startedEventId}`);
    // Callers give the whole task: its input is not to be kept in memory with it.
    this.#recent.set(token, { kind, runId, scheduledEventId, startedEventId });
    return token;
  }

  readTaskToken(kind: TaskRef['kind'], token: string): TaskRef {
    const recent = this.#recent.get(token);
    if (recent?.kind === kind) return recent;
    const [letter, runId, scheduled, started, ...rest] = this.#open(token).split('.');
    if (letter !== kind[0] || runId === undefined || rest.length > 0) throw validationFault('Invalid token');
    return { kind, runId, scheduledEventId: Number(scheduled), startedEventId: Number(started) };
  }

  /** The run that a task token names, whether or not the token is genuine. */
  runOf(token: string): string {
    return token.split('.')[1] ?? '';
  }

  /** `query` is what the page belongs to: the token is good for nothing else, and for 24 hours. */
  pageToken(query: string, place: unknown): string {
    const text = JSON.stringify([this.#now() + PAGE_LIFETIME_MS, place]);
    return this.#seal(`p.${Buffer.from(text).toString('base64url')}`, query);
  }

  readPageToken(query: string, token: string): unknown {
    const opened = this.#open(token, query);
    if (!opened.startsWith('p.')) throw validationFault('Invalid token');
    const [expires, place] = JSON.parse(Buffer.from(opened.slice(2), 'base64url').toString()) as [
      number,
      unknown,
    ];
    if (expires < this.#now()) throw validationFault('Specified token has exceeded its maximum lifetime');
    return place;
  }

  #seal(text: string, context = ''): string {
    return `${text}.${this.#mac(text, context)}`;
  }

  #open(token: string, context = ''): string {
    if (!TOKEN.test(token)) throw validationFault('Invalid token');
    const text = token.slice(0, -MAC_LENGTH - 1);
    const given = Buffer.from(token.slice(-MAC_LENGTH));
    const expected = Buffer.from(this.#mac(text, context));
    const isOurs =
      token.at(-MAC_LENGTH - 1) === '.' &&
      given.length === expected.length &&
      timingSafeEqual(given, expected);
    if (!isOurs) throw validationFault('Invalid token');
    return text;
  }

  #mac(text: string, context: string): string {
    const of = context === '' ? text : `${text}.${hash('sha256', context)}`;
    return this.#hmac(of).slice(0, MAC_LENGTH);
  }
}
