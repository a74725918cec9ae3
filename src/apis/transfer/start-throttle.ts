import { BoundedMap } from '../../lib/bounded-map.ts';
import { type Bucket, fullBucket, takeToken } from '../../lib/token-bucket.ts';
import type { TransferSettings } from './settings.ts';

/** https://docs.aws.amazon.com/transfer/latest/userguide/transfer-workflows.html */
const VENDOR_RATE = { burst: 100, perSecond: 1 };
/** A workflow that is forgotten may begin with a burst again. */
const REMEMBERED = 10_000;

/** Whether an execution of that workflow may begin now; asking takes one. */
export type MayStart = (workflow: string) => boolean;

/** Everything may begin, unless the vendor's throttle is wanted. */
export function createStartThrottle(throttle: TransferSettings['throttle'], now: () => number): MayStart {
  if (throttle === 'none') return () => true;
  const buckets = new BoundedMap<string, Bucket>(REMEMBERED);
  return (workflow) => {
    const bucket = buckets.get(workflow) ?? fullBucket(VENDOR_RATE, now());
    buckets.set(workflow, bucket);
    return takeToken(bucket, VENDOR_RATE, now());
  };
}
