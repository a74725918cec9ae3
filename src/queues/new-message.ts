import { Rejection } from '../kernel/errors.ts';

/** A message to be sent; what is absent has its default. */
export interface NewMessage {
  readonly account: string;
  readonly queue: string;
  readonly body: string;
  readonly tag?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  /** 1 goes first, 16 last; 8 unless given. */
  readonly priority?: number | undefined;
  /** 0 to 604,800. */
  readonly delaySeconds?: number | undefined;
  /** Messages with one key to one queue are one message, for as long as it is kept and a day longer. */
  readonly idempotency: string;
}

const QUEUE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
const TAG_CHARACTERS = 128;
const DAY_SECONDS = 86_400;

const PRIORITIES = { least: 1, most: 16 };
const DELAY_SECONDS = { least: 0, most: 7 * DAY_SECONDS };

/** Throws a `Rejection` that says what is wrong. */
export function checkMessage(message: NewMessage, mostBytes: number): void {
  const { body, tag, priority, delaySeconds } = message;
  mustBeQueueName(message.queue);
  if (body === '') throw invalid('the body must not be empty');
  if (mostBytes > 0 && Buffer.byteLength(body) > mostBytes)
    throw invalid(`the body has more than ${mostBytes} bytes`);
  if (tag !== undefined && tag.length > TAG_CHARACTERS)
    throw invalid(`the tag has more than ${TAG_CHARACTERS} characters`);
  mustBeWithin('priority', priority, PRIORITIES);
  mustBeWithin('delaySeconds', delaySeconds, DELAY_SECONDS);
}

/** Queues come into being with their first message, so every name that can be one is one. */
export function mustBeQueueName(queue: string): void {
  if (!QUEUE_NAME.test(queue))
    throw invalid(`'${queue.slice(0, 200)}' is no name of a queue: 1 to 128 letters, digits, - and _`);
}

function mustBeWithin(
  name: string,
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw invalid(`${name} must be a whole number from ${least} to ${most}`);
}

const invalid = (reason: string): Rejection => new Rejection('invalid-message', reason);
