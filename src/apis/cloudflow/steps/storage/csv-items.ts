import type { JsonObject } from '../../language/json.ts';
import type { ReadItemsCall } from '../../machine/effects.ts';
import { CsvError, CsvRows } from './csv-rows.ts';
import { checkPending, type Reading, textOf, wrong } from './reading.ts';

/** Each row as an object of its fields by their columns' names. */
export async function* csvItems(
  reading: Reading,
  given: readonly string[] | undefined,
): AsyncGenerator<JsonObject> {
  let headers = given;
  for await (const row of csvRows(reading)) {
    if (headers === undefined) headers = checkedHeaders(row, reading.call);
    else yield itemOfRow(row, headers, reading.call);
  }
}

async function* csvRows(reading: Reading): AsyncGenerator<readonly string[]> {
  const rows = new CsvRows();
  try {
    for await (const text of textOf(reading)) {
      yield* rows.add(text);
      checkPending(reading.call, rows.pending);
    }
    yield* rows.end();
  } catch (error) {
    if (error instanceof CsvError) throw wrong(reading.call, 'CSV', error.message);
    throw error;
  }
}

function checkedHeaders(row: readonly string[], call: ReadItemsCall): readonly string[] {
  if (new Set(row).size === row.length) return row;
  throw wrong(call, 'CSV with a header', 'two columns have the same name');
}

function itemOfRow(row: readonly string[], headers: readonly string[], call: ReadItemsCall): JsonObject {
  if (row.length > headers.length) {
    throw wrong(call, 'CSV', `a row has ${row.length} fields, and there are ${headers.length} columns`);
  }
  return Object.fromEntries(headers.map((header, place) => [header, row[place] ?? '']));
}
