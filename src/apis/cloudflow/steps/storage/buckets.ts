import type { Bucket } from '../../../../files/bucket.ts';
import type { Storage } from '../../../../files/storage.ts';
import type { Identity } from '../../../../kernel/machine.ts';
import { readScope } from '../../names.ts';
import { deniedErrorName, storageErrorName } from '../inferred.ts';
import type { MayDo } from '../under-role.ts';
import { failure } from './storage-failure.ts';

/** What a role needs: to list a bucket, or to read or write one of its objects. */
export type StorageAction = 'oss:ListObjects' | 'oss:GetObject' | 'oss:PutObject';

export interface BucketsOptions {
  /** Resolves once interrupted uploads have been removed. */
  readonly storage: Promise<Storage>;
  /** Absent where roles do not count. */
  readonly mayDo?: MayDo | undefined;
}

/** The bucket, for one thing that its caller's role must allow. Throws `OSS.NoSuchBucket`, `OSS.AccessDenied`. */
export type OpenBucket = (name: string, action: StorageAction, key?: string) => Promise<Bucket>;

/** The buckets as the executions of flows may use them. */
export function bucketsFor({ storage, mayDo }: BucketsOptions, execution: Identity): OpenBucket {
  const { account, region } = readScope(execution.scope).world;
  return async (name, action, key) => {
    const path = key === undefined ? name : `${name}/${key}`;
    const resource = `acs:oss:${region}:${account}:${path}`;
    if (mayDo !== undefined && !(await mayDo(execution, { action, resource, context: {} }))) {
      const cause = `The role of the flow is not authorized to perform: ${action} on resource: ${resource}`;
      throw failure(deniedErrorName('OSS'), cause);
    }
    const bucket = (await storage).bucket(name);
    if (bucket === undefined) throw failure(storageErrorName('NoSuchBucket'), `There is no bucket ${name}`);
    return bucket;
  };
}
