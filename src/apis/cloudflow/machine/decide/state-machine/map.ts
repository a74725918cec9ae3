import { evaluate } from '../../../language/evaluate.ts';
import { isArray, type Json } from '../../../language/json.ts';
import type { DistributedMap, MapState } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import { StepFailure } from '../../failure.ts';
import { batchInput, itemsFailure, unusable } from '../../inferred.ts';
import type { StepPlans } from '../../own.ts';
import { type Nest as RunningNest, stepOf } from '../../state.ts';
import { concurrencyOf } from '../children.ts';
import { startMapRun } from '../map-run.ts';
import type { Run } from '../run.ts';
import { definitionOf } from './plan.ts';
import { readItems, resultPlace } from './storage.ts';
import { surroundingsOf } from './surroundings.ts';

type Nest = NonNullable<StepPlans['nest']>;

interface Started {
  readonly state: MapState;
  readonly input: Json;
}

/** The iterations of a map, or its child executions where it is distributed; undefined where its items are still to be read. */
export function iterationsOf(run: Run, id: number, { state, input }: Started): Nest | undefined {
  if (state.items === undefined) return undefined;
  const items = evaluate(state.items, surroundingsOf(run, id, { input }));
  if (items === undefined || !isArray(items)) {
    throw new StepFailure(unusable('The ItemsPath of a map must give an array.'));
  }
  return nestOver(run, id, { state, input, items });
}

function nestOver(run: Run, id: number, { state, input, items: all }: Started & ItemList): Nest {
  const { maxConcurrency, distributed: map } = state;
  const { mapConcurrency, distributedMapConcurrency, mapItems } = run.state.limits;
  if (map === undefined) {
    const limit = concurrencyOf(maxConcurrency, mapConcurrency);
    return { kind: 'iterations', total: all.length, limit, items: all };
  }
  const items = all.slice(0, map.maxItems);
  if (mapItems > 0 && items.length > mapItems) throw new StepFailure(itemsFailure(mapItems));
  const inputs = childInputs(run, id, { map, input, items });
  const limit = concurrencyOf(maxConcurrency, distributedMapConcurrency);
  return { kind: 'executions', total: inputs.length, limit, items: inputs };
}

interface ItemList {
  readonly items: readonly Json[];
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

/** What a distributed map that has started does next: its map run, or first reading the items of that. */
export function beginMap(run: Run, id: number, state: MapState): void {
  const { distributed: map } = state;
  if (map === undefined) return;
  const { input, nest } = stepOf(run.state, id);
  if (nest !== undefined) beginMapRun(run, id, { state, input, map, nest: nestPlan(nest), isNew: false });
  else if (map.itemReader !== undefined) readItems(run, id, { map, reader: map.itemReader, input });
}

/** The items have been read. */
export function takeItems(run: Run, id: number, items: readonly Json[]): void {
  const state = definitionOf(run, id);
  if (state.type !== 'Map' || state.distributed === undefined) return;
  const { input } = stepOf(run.state, id);
  const nest = nestOver(run, id, { state, input, items });
  beginMapRun(run, id, { state, input, map: state.distributed, nest, isNew: true });
}

const nestPlan = ({ total, limit, items }: RunningNest): Nest => ({
  kind: 'executions',
  total,
  limit,
  items,
});

interface Beginning extends Started {
  readonly map: DistributedMap;
  readonly nest: Nest;
  readonly isNew: boolean;
}

function beginMapRun(run: Run, id: number, { state, input, map, nest, isNew }: Beginning): void {
  const results =
    map.resultWriter && resultPlace(construct(map.resultWriter, surroundingsOf(run, id, { input })));
  const sizes = map.itemBatcher && nest.items?.map((item) => itemCount(item));
  startMapRun(run, id, {
    list: state.processor,
    map,
    nest,
    isNew,
    ...(results && { results }),
    ...(sizes && { sizes }),
  });
}

function itemCount(batch: Json): number {
  const { Items: items } = batch as { readonly Items: readonly Json[] };
  return items.length;
}
