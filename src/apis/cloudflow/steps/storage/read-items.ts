import type { Clock } from '../../../../kernel/clock.ts';
import type { EffectContext, EffectRunner } from '../../../../kernel/effects.ts';
import type { Json } from '../../language/json.ts';
import type { ReadItemsCall } from '../../machine/effects.ts';
import { isTooLarge } from '../../machine/json-size.ts';
import { WHOLE_TASK_MS } from '../lease.ts';
import { type BucketsOptions, bucketsFor } from './buckets.ts';
import { itemsOf } from './items.ts';
import { patiently } from './patiently.ts';
import { tooLarge, wrong } from './reading.ts';
import { failure } from './storage-failure.ts';

/** Reads the items of a distributed map from a bucket, no more of them than are wanted or allowed; its outcome is their list. */
export function readItemsStep(options: BucketsOptions & { readonly clock: Clock }): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: (request, context) => {
      const call = request.input as ReadItemsCall;
      return patiently(options.clock, context.signal, () => readAll(call, options, context));
    },
  };
}

async function readAll(
  call: ReadItemsCall,
  options: BucketsOptions,
  { execution, signal }: EffectContext,
): Promise<readonly Json[]> {
  const { wanted = Infinity, mostBytes, key } = call;
  const most = call.most > 0 ? call.most : Infinity;
  const items: Json[] = [];
  let bytes = 0;
  if (wanted === 0) return items;
  for await (const item of itemsOf({ call, openBucket: bucketsFor(options, execution), signal })) {
    items.push(item);
    if (items.length > most) throw failure('FnF.DataLimitExceeded', `The map has more than ${most} items.`);
    if (isTooLarge([item], 0)) throw wrong(call, 'a list of items', 'one is nested too deeply');
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (mostBytes > 0 && bytes > mostBytes) throw tooLarge(mostBytes, key);
    if (items.length === wanted) break;
  }
  return items;
}
