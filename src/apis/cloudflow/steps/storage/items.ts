import type { Json } from '../../language/json.ts';
import { parseJson } from '../../language/parse-json.ts';
import type { ReadItemsCall } from '../../machine/effects.ts';
import { listedItem } from '../inferred.ts';
import { csvItems } from './csv-items.ts';
import { inventoryItems } from './inventory.ts';
import { JsonElements } from './json-elements.ts';
import { checkPending, type Reading, textOf, wrong } from './reading.ts';

/** The items that a call asks for, one by one in their order. Nothing is read before it is asked for. */
export function itemsOf(reading: Reading): AsyncGenerator<Json> {
  switch (reading.call.source) {
    case 'objects':
      return listedObjects(reading);
    case 'csv':
      return csvItems(reading, reading.call.headers);
    case 'json-list':
      return jsonList(reading);
    case 'json-lines':
      return jsonLines(reading);
    case 'inventory':
      return inventoryItems(reading);
    default:
      return reading.call.source satisfies never;
  }
}

async function* listedObjects({ call, openBucket, signal }: Reading): AsyncGenerator<Json> {
  const bucket = await openBucket(call.bucket, 'oss:ListObjects');
  let after: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await bucket.list({
      prefix: call.key,
      limit: 1000,
      signal,
      ...(after !== undefined && { after }),
    });
    for (const object of page.objects) yield listedItem(object);
    after = page.next;
  } while (after !== undefined);
}

async function* jsonList(reading: Reading): AsyncGenerator<Json> {
  const elements = new JsonElements();
  try {
    for await (const text of textOf(reading)) {
      for (const element of elements.add(text)) yield parseJson(element);
      checkPending(reading.call, elements.pending);
    }
    elements.end();
  } catch (error) {
    throw notJson(error, reading.call, 'a JSON array');
  }
}

async function* jsonLines(reading: Reading): AsyncGenerator<Json> {
  let rest = '';
  try {
    for await (const text of textOf(reading)) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield parseJson(line);
      checkPending(reading.call, rest.length);
    }
    if (rest.trim() !== '') yield parseJson(rest);
  } catch (error) {
    throw notJson(error, reading.call, 'lines of JSON');
  }
}

function notJson(error: unknown, call: ReadItemsCall, expected: string): unknown {
  return error instanceof SyntaxError ? wrong(call, expected, error.message) : error;
}
