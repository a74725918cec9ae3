import type { Bucket } from '../../../../files/bucket.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { EffectContext, EffectRunner } from '../../../../kernel/effects.ts';
import type { Json, JsonObject } from '../../language/json.ts';
import type { WriteResultsCall } from '../../machine/effects.ts';
import { mapChildName } from '../../machine/map-children.ts';
import { resultEntry, resultFiles, resultManifest, unstartedEntry, writeFailed } from '../inferred.ts';
import { WHOLE_TASK_MS } from '../lease.ts';
import { type BucketsOptions, bucketsFor, type OpenBucket } from './buckets.ts';
import type { EndedChild, FindChild } from './ended-child.ts';
import { patiently } from './patiently.ts';
import { ResultFile } from './result-file.ts';
import { failure } from './storage-failure.ts';

export interface WriteResultsOptions extends BucketsOptions {
  readonly clock: Clock;
  readonly findChild: FindChild;
}

/**
 * Writes what the children of a map run have come to, and then a manifest of it; its outcome is the manifest's place. Keys and
 * contents are the same when it is done again.
 */
export function writeResultsStep(options: WriteResultsOptions): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: (request, context) => {
      const call = request.input as WriteResultsCall;
      return patiently(options.clock, context.signal, () => write(call, options, context));
    },
  };
}

/** So many children are looked up at a time. */
const LOOKED_UP = 50;

async function write(
  call: WriteResultsCall,
  options: WriteResultsOptions,
  { execution, signal }: EffectContext,
): Promise<JsonObject> {
  const openBucket = bucketsFor(options, execution);
  const keys = resultFiles(call);
  const files = {
    succeeded: new ResultFile(await bucketOf(openBucket, call, keys.succeeded), keys.succeeded),
    failed: new ResultFile(await bucketOf(openBucket, call, keys.failed), keys.failed),
  };
  try {
    for await (const { isSuccess, entry } of entriesOf(call, (name) =>
      options.findChild(execution.scope, name),
    )) {
      signal.throwIfAborted();
      await (isSuccess ? files.succeeded : files.failed).add(JSON.stringify(entry));
    }
    const succeeded = await files.succeeded.publish(signal);
    const failed = await files.failed.publish(signal);
    const manifest = resultManifest(call, { succeeded, failed });
    await putJson(await bucketOf(openBucket, call, keys.manifest), keys.manifest, { manifest, signal });
  } catch (error) {
    await files.succeeded.abort();
    await files.failed.abort();
    throw error;
  }
  return { Bucket: call.bucket, Key: keys.manifest };
}

const bucketOf = (openBucket: OpenBucket, { bucket }: WriteResultsCall, key: string): Promise<Bucket> =>
  openBucket(bucket, 'oss:PutObject', key);

interface Entry {
  /** Whether the child has succeeded. */
  readonly isSuccess: boolean;
  readonly entry: JsonObject;
}

/** In the order of their items. */
async function* entriesOf(
  { mapRun, children, notStarted }: WriteResultsCall,
  find: (name: string) => Promise<EndedChild | undefined>,
): AsyncGenerator<Entry> {
  for (let from = 0; from < children; from += LOOKED_UP) {
    const places = Array.from({ length: Math.min(LOOKED_UP, children - from) }, (_, place) => from + place);
    const found = await Promise.all(places.map((place) => find(mapChildName(mapRun, place))));
    for (const [index, child] of found.entries()) {
      const place = from + index;
      const reason = notStarted[place];
      const name = mapChildName(mapRun, place);
      // Another execution may have had the name.
      if (reason !== undefined) yield { isSuccess: false, entry: unstartedEntry(name, reason) };
      else if (child !== undefined)
        yield { isSuccess: child.status === 'Succeeded', entry: resultEntry(child) };
      else throw failure(writeFailed(), `The execution ${name} is not there any more.`);
    }
  }
}

async function putJson(
  bucket: Bucket,
  key: string,
  { manifest, signal }: { readonly manifest: Json; readonly signal: AbortSignal },
): Promise<void> {
  const writer = await bucket.create(key);
  try {
    await writer.write(0, Buffer.from(`${JSON.stringify(manifest)}\n`));
    await writer.publish({ signal });
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
