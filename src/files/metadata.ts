import type { Tag } from './bucket.ts';
import { FilesError } from './files-error.ts';

const TAGS = 10;

/** Throws invalid for what S3 refuses as an object's tags. */
export function checkTags(tags: readonly Tag[]): void {
  if (tags.length > TAGS) throw new FilesError('invalid', `An object has at most ${TAGS} tags`);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new FilesError('invalid', 'The keys of tags must differ');
  }
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > 128) throw new FilesError('invalid', `Not the key of a tag: ${Key}`);
    if (Value.length > 256) throw new FilesError('invalid', `Not the value of a tag: ${Value}`);
  }
}

export function lowerCaseNames(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));
}
