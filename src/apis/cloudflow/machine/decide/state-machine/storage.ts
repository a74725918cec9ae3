import { isObject, type Json } from '../../../language/json.ts';
import type { DistributedMap, ItemReader } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import type { Called } from '../../calls/called.ts';
import type { ReadItemsCall, ResultPlace } from '../../effects.ts';
import { StepFailure } from '../../failure.ts';
import { unusable } from '../../inferred.ts';
import type { Run } from '../run.ts';
import { scheduleCall } from '../schedule.ts';
import { surroundingsOf } from './surroundings.ts';

interface Reading {
  readonly map: DistributedMap;
  readonly reader: ItemReader;
  readonly input: Json;
}

/** Asks for the items of a map, which a bucket holds. */
export function readItems(run: Run, id: number, { map, reader, input }: Reading): void {
  const { source, headers } = reader;
  const parameters = construct(reader.parameters, surroundingsOf(run, id, { input }));
  const bucket = textOf(parameters, 'Bucket');
  const key = source === 'objects' ? textOf(parameters, 'Prefix', '') : textOf(parameters, 'ObjectName');
  const call: ReadItemsCall = {
    source,
    bucket,
    key,
    ...(headers && { headers }),
    ...(map.maxItems !== undefined && { wanted: map.maxItems }),
    most: run.state.limits.mapItems,
    mostBytes: run.state.limits.mapItemBytes,
  };
  const called: Called = { effect: { kind: 'read-items', input: call }, target: `${bucket}/${key}` };
  const detail = { action: 'ItemReader', input: parameters };
  scheduleCall(run, id, { called, mode: 'request', detail, timeoutSeconds: undefined });
}

/** Where the parameters of a ResultWriter say that results go. */
export function resultPlace(parameters: Json): ResultPlace {
  return { bucket: textOf(parameters, 'Bucket'), prefix: textOf(parameters, 'Prefix', '') };
}

/** A parameter that must be a text; one without a default must not be empty. */
function textOf(parameters: Json, name: string, ifAbsent?: string): string {
  const value = isObject(parameters) ? (parameters[name] ?? ifAbsent) : undefined;
  if (typeof value === 'string' && (value !== '' || ifAbsent !== undefined)) return value;
  throw new StepFailure(unusable(`The parameter ${name} of a bucket must be a text.`));
}
