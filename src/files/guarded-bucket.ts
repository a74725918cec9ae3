import type { Bucket, CopySource, ObjectAddress, ObjectInfo, PublishOptions } from './bucket.ts';
import { FilesError } from './files-error.ts';
import { keysUnder } from './keys-under.ts';

export type BucketAction =
  | 's3:GetObject'
  | 's3:GetObjectVersion'
  | 's3:PutObject'
  | 's3:DeleteObject'
  | 's3:DeleteObjectVersion'
  | 's3:ListBucket'
  | 's3:GetObjectTagging'
  | 's3:GetObjectVersionTagging'
  | 's3:PutObjectTagging'
  | 's3:PutObjectVersionTagging';

/** For `s3:ListBucket` the key is the prefix that is listed. */
export type AllowsAction = (action: BucketAction, key: string) => boolean;

/** The bucket behind each guard, so that one backend can still copy within itself. */
const guarded = new WeakMap<Bucket, { readonly bucket: Bucket; readonly check: Check }>();

type Check = (action: BucketAction, key: string) => void;

/** The same bucket for somebody who may not do everything: what is not allowed throws denied before anything is done. */
export function guardedBucket(bucket: Bucket, allows: AllowsAction): Bucket {
  const check: Check = (action, key) => {
    if (!allows(action, key))
      throw new FilesError('denied', `Access denied: ${action} on ${bucket.name}/${key}`);
  };
  const guard: Bucket = {
    name: bucket.name,
    region: bucket.region,
    isVersioned: bucket.isVersioned,
    writesAnywhere: bucket.writesAnywhere,
    ...guardReads(bucket, check),
    ...guardWrites(bucket, check),
  };
  guarded.set(guard, { bucket, check });
  return guard;
}

type Reads = Pick<Bucket, 'head' | 'find' | 'published' | 'hasUnder' | 'open' | 'list' | 'getTags'>;

function guardReads(bucket: Bucket, check: Check): Reads {
  return {
    head: async (object) => {
      check(versioned('s3:GetObject', object), object.key);
      return bucket.head(object);
    },
    find: async (key) => {
      check('s3:GetObject', key);
      return bucket.find(key);
    },
    published: async (key, mark) => {
      check('s3:GetObject', key);
      return bucket.published(key, mark);
    },
    hasUnder: async (prefix) => {
      check('s3:ListBucket', prefix);
      return bucket.hasUnder(prefix);
    },
    open: async (object, match) => {
      check(versioned('s3:GetObject', object), object.key);
      return bucket.open(object, match);
    },
    list: async (query) => {
      check('s3:ListBucket', query.prefix);
      return bucket.list(query);
    },
    getTags: async (object) => {
      check(tagging('Get', object), object.key);
      return bucket.getTags(object);
    },
  };
}

type Writes = Pick<Bucket, 'create' | 'copy' | 'remove' | 'putTags' | 'move' | 'touch'>;

function guardWrites(bucket: Bucket, check: Check): Writes {
  const { move, touch } = bucket;
  return {
    create: async (key, options) => {
      check('s3:PutObject', key);
      if (options?.tags !== undefined && options.tags.length > 0) check(tagging('Put', { key }), key);
      return bucket.create(key, options);
    },
    copy: (from, key, options) => copy({ bucket, check }, { from, key, options }),
    remove: async (object, match) => {
      check(versioned('s3:DeleteObject', object), object.key);
      return bucket.remove(object, match);
    },
    putTags: async (object, tags) => {
      check(tagging('Put', object), object.key);
      return bucket.putTags(object, tags);
    },
    move:
      move &&
      (async (from, to, options) => {
        for await (const key of movedKeys(bucket, from)) {
          check('s3:GetObject', key);
          check('s3:DeleteObject', key);
          check('s3:PutObject', to + key.slice(from.length));
        }
        return move(from, to, options);
      }),
    touch:
      touch &&
      (async (key, modifiedAt) => {
        check('s3:PutObject', key);
        return touch(key, modifiedAt);
      }),
  };
}

const versioned = <T extends 's3:GetObject' | 's3:DeleteObject'>(
  action: T,
  { versionId }: ObjectAddress,
): T | `${T}Version` => (versionId === undefined ? action : `${action}Version`);

const tagging = (verb: 'Get' | 'Put', { versionId }: ObjectAddress) =>
  versionId === undefined
    ? (`s3:${verb}ObjectTagging` as const)
    : (`s3:${verb}ObjectVersionTagging` as const);

interface Copying {
  readonly from: CopySource;
  readonly key: string;
  readonly options: PublishOptions | undefined;
}

/** Tags go with the copy, so that whoever copies them must be allowed to read and to set them. */
async function copy(
  { bucket, check }: { readonly bucket: Bucket; readonly check: Check },
  { from, key, options }: Copying,
): Promise<ObjectInfo> {
  const source = guarded.get(from.bucket) ?? { bucket: from.bucket, check: () => undefined };
  source.check(versioned('s3:GetObject', from), from.key);
  check('s3:PutObject', key);
  const tags = await source.bucket.getTags(from);
  if (tags.length > 0) {
    source.check(tagging('Get', from), from.key);
    check('s3:PutObjectTagging', key);
  }
  return bucket.copy({ ...from, bucket: source.bucket }, key, options);
}

/** An object, or all that is beneath a directory and the directory itself. */
async function* movedKeys(bucket: Bucket, from: string): AsyncGenerator<string> {
  yield from;
  if (from.endsWith('/')) yield* keysUnder(bucket, from);
}
