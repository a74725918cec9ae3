import type { ReadItemsCall } from '../../machine/effects.ts';
import { wrongContent } from '../inferred.ts';
import type { OpenBucket } from './buckets.ts';
import { objectText } from './object-text.ts';
import { failure } from './storage-failure.ts';

export interface Reading {
  readonly call: ReadItemsCall;
  readonly openBucket: OpenBucket;
  readonly signal: AbortSignal;
}

/** The text of the object that the call names, a piece at a time. */
export async function* textOf({ call, openBucket, signal }: Reading): AsyncGenerator<string> {
  const bucket = await openBucket(call.bucket, 'oss:GetObject', call.key);
  yield* objectText(bucket, call.key, signal);
}

/** One item that never ends must not fill the memory. */
export function checkPending({ mostBytes, key }: ReadItemsCall, characters: number): void {
  if (mostBytes > 0 && characters > mostBytes) throw tooLarge(mostBytes, key);
}

export function tooLarge(mostBytes: number, key: string): Error {
  return failure('FnF.DataLimitExceeded', `The items in ${key} have more than ${mostBytes} bytes.`);
}

export function wrong({ key }: ReadItemsCall, expected: string, problem: string): Error {
  return failure(wrongContent(), `The object ${key} is not ${expected}: ${problem}`);
}
