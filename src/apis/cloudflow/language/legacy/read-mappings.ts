import { Fields, readExpression } from '../fields.ts';
import { type Dialect, parsePath } from '../parse-expression.ts';
import type { Mapping } from '../plan.ts';
import { type SourceNode, toJson } from '../source-node.ts';

const ROOTS: Dialect = { roots: ['input', 'local', 'context'], calls: false };
const IS_PATH = /^\$(?:input|local|context)(?![\p{L}\p{M}\p{N}_])/u;

interface Mappings {
  readonly inputMappings?: readonly Mapping[];
  readonly outputMappings?: readonly Mapping[];
}

/** The mappings that flows and steps of all types have. */
export function readMappings(fields: Fields): Mappings {
  const inputMappings = readMappingList(fields, 'inputMappings');
  const outputMappings = readMappingList(fields, 'outputMappings');
  return {
    ...(inputMappings === undefined ? {} : { inputMappings }),
    ...(outputMappings === undefined ? {} : { outputMappings }),
  };
}

export function readMappingList(fields: Fields, name: string): readonly Mapping[] | undefined {
  return fields.listIfAny(name)?.map((node) => readMapping(new Fields(node, `${name} of ${fields.subject}`)));
}

function readMapping(fields: Fields): Mapping {
  fields.only('target', 'source');
  const source = fields.value('source') ?? fields.refuse('the field source is missing');
  return { target: fields.text('target'), source: readSource(fields, source) };
}

function readSource(fields: Fields, source: SourceNode): Mapping['source'] {
  const value = toJson(source);
  if (typeof value !== 'string' || !IS_PATH.test(value)) return { kind: 'literal', value };
  return readExpression(fields, 'source', () => parsePath(value, ROOTS));
}
