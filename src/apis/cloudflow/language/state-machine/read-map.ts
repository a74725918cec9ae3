import type { DefinitionLimits } from '../definition-limits.ts';
import { type Fields, readExpression } from '../fields.ts';
import { batcherFields, mayHaveBothItems } from '../inferred.ts';
import type { Json } from '../json.ts';
import { parseExpression } from '../parse-expression.ts';
import type { DistributedMap, MapState } from '../plan.ts';
import { toJson } from '../source-node.ts';
import { BEFORE, FOR_ITEM } from './dialects.ts';
import { readStorage } from './read-storage.ts';
import { readTemplateField } from './read-template.ts';

export const MAP_FIELDS: readonly string[] = [
  'ItemsPath',
  'Processor',
  'MaxConcurrency',
  'MaxConcuccency',
  'ProcessorConfig',
];
export const DISTRIBUTED_MAP_FIELDS: readonly string[] = [
  'ItemReader',
  'ItemConstructor',
  'ItemBatcher',
  'ResultWriter',
  'MaxItems',
  'ToleratedFailurePercentage',
  'ToleratedFailureCount',
];

/** Present where each item shall be an execution of its own; it may stand in the processor or beside it. */
function processorConfig(fields: Fields): Fields | undefined {
  const inside = fields.map('Processor').mapIfAny('ProcessorConfig');
  const beside = fields.mapIfAny('ProcessorConfig');
  if (inside !== undefined && beside !== undefined) {
    fields.refuse('ProcessorConfig is there twice, in Processor and beside it', 'ProcessorConfig');
  }
  return inside ?? beside;
}

/** Everything of a map but its processor's states. */
export function readMap(
  fields: Fields,
  limits: DefinitionLimits,
): Pick<MapState, 'items' | 'maxConcurrency' | 'distributed'> {
  const config = processorConfig(fields);
  if (config === undefined) {
    const field = DISTRIBUTED_MAP_FIELDS.find((name) => fields.has(name));
    if (field !== undefined) fields.refuse(`${field} can only be there beside ProcessorConfig`, field);
  }
  const maxConcurrency = readConcurrency(
    fields,
    config === undefined ? limits.inlineMapConcurrency : limits.distributedMapConcurrency,
  );
  return {
    ...readItems(fields),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(config === undefined ? {} : { distributed: readDistributed(fields, config) }),
  };
}

function readItems(fields: Fields): Pick<MapState, 'items'> {
  const isRead = fields.has('ItemReader') && mayHaveBothItems;
  if (isRead || fields.oneOf('ItemsPath', 'ItemReader') === 'ItemReader') return {};
  const text = fields.text('ItemsPath');
  return { items: readExpression(fields, 'ItemsPath', () => parseExpression(text, BEFORE)) };
}

/** The vendor's pages spell it in two ways. */
function readConcurrency(fields: Fields, most: number): number | undefined {
  const names = ['MaxConcurrency', 'MaxConcuccency'];
  const name = names.some((each) => fields.has(each)) ? fields.oneOf(...names) : undefined;
  return name === undefined ? undefined : fields.number(name, { least: 1, most });
}

function readDistributed(fields: Fields, config: Fields): DistributedMap {
  config.only('ExecutionMode');
  const maxItems = fields.numberIfAny('MaxItems', { least: 1 });
  const toleratedFailureCount = fields.numberIfAny('ToleratedFailureCount');
  const toleratedFailurePercentage = fields.numberIfAny('ToleratedFailurePercentage', {
    most: 100,
    isInteger: false,
  });
  const itemConstructor = readTemplateField(fields, 'ItemConstructor', FOR_ITEM);
  return {
    mode: config.has('ExecutionMode') ? config.word('ExecutionMode', ['Standard', 'Express']) : 'Standard',
    definition: definitionOfChild(fields.map('Processor')),
    ...(itemConstructor === undefined ? {} : { itemConstructor }),
    ...readStorage(fields),
    ...readBatcher(fields.mapIfAny('ItemBatcher')),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
    ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
  };
}

/** The processor as a flow of its own. */
function definitionOfChild(processor: Fields): string {
  const child: Json = {
    Type: 'StateMachine',
    SpecVersion: 'v1',
    StartAt: toJson(processor.required('StartAt')),
    States: toJson(processor.required('States')),
  };
  return JSON.stringify(child);
}

function readBatcher(fields: Fields | undefined): Pick<DistributedMap, 'itemBatcher'> {
  if (fields === undefined) return {};
  const names = batcherFields;
  fields.only(...Object.values(names));
  const maxItems = fields.numberIfAny(names.maxItems, { least: 1 });
  const maxBytes = fields.numberIfAny(names.maxBytes, { least: 1 });
  const input = readTemplateField(fields, names.input, BEFORE);
  if (maxItems === undefined && maxBytes === undefined) {
    fields.refuse(`${names.maxItems} or ${names.maxBytes} is missing`);
  }
  return {
    itemBatcher: {
      ...(maxItems === undefined ? {} : { maxItems }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(input === undefined ? {} : { input }),
    },
  };
}
