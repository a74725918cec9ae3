import { evaluate } from '../../../language/evaluate.ts';
import { isArray, type Json } from '../../../language/json.ts';
import type { DistributedMap, MapState } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import { StepFailure } from '../../failure.ts';
import { batchInput, unusable } from '../../inferred.ts';
import type { StepPlans } from '../../own.ts';
import { nestOf, stepOf } from '../../state.ts';
import { concurrencyOf } from '../children.ts';
import { startMapRun } from '../map-run.ts';
import type { Run } from '../run.ts';
import { surroundingsOf } from './surroundings.ts';

interface Started {
  readonly state: MapState;
  readonly input: Json;
}

/** The iterations of a map, or its child executions where it is distributed. */
export function iterationsOf(run: Run, id: number, started: Started): NonNullable<StepPlans['nest']> {
  const { state } = started;
  const items = itemsOf(run, id, started);
  const { maxConcurrency, distributed: map } = state;
  const { mapConcurrency, distributedMapConcurrency } = run.state.limits;
  const limit = concurrencyOf(maxConcurrency, map === undefined ? mapConcurrency : distributedMapConcurrency);
  if (map === undefined) return { kind: 'iterations', total: items.length, limit, items };
  const inputs = childInputs(run, id, { map, input: started.input, items });
  return { kind: 'executions', total: inputs.length, limit, items: inputs };
}

function itemsOf(run: Run, id: number, { state, input }: Started): readonly Json[] {
  if (state.items === undefined) throw notServed('ItemReader');
  // Results that go nowhere would be lost without a word.
  if (state.distributed?.resultWriter !== undefined) throw notServed('ResultWriter');
  const items = evaluate(state.items, surroundingsOf(run, id, { input }));
  if (items === undefined || !isArray(items)) {
    throw new StepFailure(unusable('The ItemsPath of a map must give an array.'));
  }
  const most = state.distributed?.maxItems ?? items.length;
  return most < items.length ? items.slice(0, most) : items;
}

function notServed(field: string): StepFailure {
  return new StepFailure(unusable(`${field} is not served: maps have no object storage.`));
}

interface Distribution {
  readonly map: DistributedMap;
  readonly input: Json;
  readonly items: readonly Json[];
}

function childInputs(run: Run, id: number, { map, input, items }: Distribution): readonly Json[] {
  const { itemConstructor, itemBatcher } = map;
  const made =
    itemConstructor === undefined
      ? items
      : items.map((item) => construct(itemConstructor, surroundingsOf(run, id, { input, item })));
  if (itemBatcher === undefined) return made;
  const common = itemBatcher.input && construct(itemBatcher.input, surroundingsOf(run, id, { input }));
  return batches(made, itemBatcher).map((batch) => batchInput(batch, common));
}

/** Items in their order, as many together as the batcher allows, but always at least one. */
function batches(
  items: readonly Json[],
  { maxItems = Infinity, maxBytes = Infinity }: NonNullable<DistributedMap['itemBatcher']>,
): Json[][] {
  const found: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = maxBytes === Infinity ? 0 : Buffer.byteLength(JSON.stringify(item));
    const batch = found.at(-1);
    if (batch === undefined || batch.length >= maxItems || bytes + size > maxBytes) {
      found.push([item]);
      bytes = size;
    } else {
      batch.push(item);
      bytes += size;
    }
  }
  return found;
}

/** A distributed map that has started has a map run. */
export function beginMapRun(run: Run, id: number, { distributed: map, processor: list }: MapState): void {
  if (map === undefined) return;
  const { items, limit: concurrency } = nestOf(stepOf(run.state, id));
  const sizes = map.itemBatcher && items.map((item) => itemCount(item));
  startMapRun(run, id, { list, map, concurrency, ...(sizes && { sizes }) });
}

function itemCount(batch: Json): number {
  const { Items: items } = batch as { readonly Items: readonly Json[] };
  return items.length;
}
