import type { Fields } from '../fields.ts';
import { itemSources } from '../inferred.ts';
import type { DistributedMap, ItemReader, ItemSource, Template } from '../plan.ts';
import { BEFORE } from './dialects.ts';
import { readTemplateField } from './read-template.ts';

/** Where a distributed map reads its items, and where it writes its results. */
export function readStorage(map: Fields): Pick<DistributedMap, 'itemReader' | 'resultWriter'> {
  const reader = map.mapIfAny('ItemReader');
  const writer = map.mapIfAny('ResultWriter');
  return {
    ...(reader === undefined ? {} : { itemReader: readItemReader(reader) }),
    ...(writer === undefined ? {} : { resultWriter: readResultWriter(writer) }),
  };
}

function readItemReader(fields: Fields): ItemReader {
  fields.only('SourceType', 'SourceParameters', 'ReaderConfig');
  const types = Object.keys(itemSources);
  const source = itemSources[fields.word('SourceType', types)] as ItemSource;
  const headers = readHeaders(fields, source);
  return {
    source,
    parameters: readParameters(fields, 'SourceParameters', parametersOf(source)),
    ...(headers === undefined ? {} : { headers }),
  };
}

function readHeaders(fields: Fields, source: ItemSource): readonly string[] | undefined {
  const config = fields.mapIfAny('ReaderConfig');
  if (config === undefined) return undefined;
  if (source !== 'csv') fields.refuse('ReaderConfig can only be there for OSS_CSV', 'ReaderConfig');
  config.only('CSVHeaders');
  const headers = config.has('CSVHeaders') ? config.texts('CSVHeaders') : undefined;
  if (headers !== undefined && new Set(headers).size < headers.length) {
    config.refuse('CSVHeaders has a name twice', 'CSVHeaders');
  }
  return headers;
}

interface Parameters {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

function parametersOf(source: ItemSource): Parameters {
  if (source === 'objects') return { required: ['Bucket'], optional: ['Prefix'] };
  return { required: ['Bucket', 'ObjectName'], optional: [] };
}

function readResultWriter(fields: Fields): Template {
  fields.only('Parameters');
  return readParameters(fields, 'Parameters', { required: ['Bucket'], optional: ['Prefix'] });
}

/** Each may be a text, or an expression under a key that ends in `.$`. */
function readParameters(fields: Fields, name: string, { required, optional }: Parameters): Template {
  const parameters = fields.map(name);
  const known = [...required, ...optional];
  parameters.only(...known, ...known.map((each) => `${each}.$`));
  for (const each of required) parameters.oneOf(each, `${each}.$`);
  for (const each of known) if (parameters.has(each)) parameters.text(each);
  return readTemplateField(fields, name, BEFORE) ?? fields.refuse(`the field ${name} is missing`);
}
