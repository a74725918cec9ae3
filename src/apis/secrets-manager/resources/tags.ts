import type { Tags } from '../../../secrets/secret.ts';
import { invalidParameter } from '../faults.ts';
import type { Tag } from '../model/types.gen.ts';

/** Throws InvalidParameterException for tags without a key, twice the same key, and keys that are the vendor's. */
export function readTags(tags: readonly Tag[]): Tags {
  const read = new Map<string, string>();
  for (const { Key: key, Value: value = '' } of tags) {
    if (key === undefined) throw invalidParameter('A tag must have a key.');
    if (key.toLowerCase().startsWith('aws:'))
      throw invalidParameter('Tag keys that begin with aws: are reserved.');
    if (read.has(key)) throw invalidParameter(`The tag key ${key} is there more than once.`);
    read.set(key, value);
  }
  return Object.fromEntries(read);
}
