import { isObject, type Json, type JsonObject } from '../../language/json.ts';
import type { ReadItemsCall } from '../../machine/effects.ts';
import { inventoryItem } from '../inferred.ts';
import { csvItems } from './csv-items.ts';
import { type Reading, textOf, wrong } from './reading.ts';

/** Manifests name their files, a few hundred at the most. */
const LONGEST_MANIFEST = 8 * 1024 * 1024;

/** What the files of an inventory list, whose manifest is the object of the call; they lie in the same bucket. */
export async function* inventoryItems(reading: Reading): AsyncGenerator<Json> {
  const { columns, files } = await readManifest(reading);
  for (const key of files) {
    const rows = csvItems({ ...reading, call: { ...reading.call, key } }, columns);
    for await (const row of rows) yield inventoryItem(row);
  }
}

interface Manifest {
  readonly columns: readonly string[];
  readonly files: readonly string[];
}

async function readManifest(reading: Reading): Promise<Manifest> {
  const { call } = reading;
  let text = '';
  for await (const piece of textOf(reading)) {
    text += piece;
    if (text.length > LONGEST_MANIFEST) throw notManifest(call, 'it is too long');
  }
  const manifest = parsed(text, call);
  const { fileFormat, fileSchema, files } = manifest;
  if (fileFormat !== 'CSV') throw notManifest(call, 'its fileFormat is not CSV');
  if (typeof fileSchema !== 'string') throw notManifest(call, 'it has no fileSchema');
  if (!Array.isArray(files)) throw notManifest(call, 'it has no files');
  const columns = fileSchema.split(',').map((column) => column.trim());
  return { columns, files: files.map((file: Json) => keyOf(file, call)) };
}

function parsed(text: string, call: ReadItemsCall): JsonObject {
  let manifest: Json;
  try {
    manifest = JSON.parse(text) as Json;
  } catch {
    throw notManifest(call, 'it is not JSON');
  }
  if (!isObject(manifest)) throw notManifest(call, 'it is no object');
  return manifest;
}

function keyOf(file: Json, call: ReadItemsCall): string {
  const key = isObject(file) ? file.key : undefined;
  if (typeof key === 'string') return key;
  throw notManifest(call, 'a file has no key');
}

function notManifest(call: ReadItemsCall, problem: string): Error {
  return wrong(call, 'the manifest of an inventory', problem);
}
