import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { LogStream } from './log-groups.ts';

/** What ends the names of stream files, and of nothing else. */
export const SUFFIX = '.jsonl';

const ODD = /[^A-Za-z0-9._@=+,-]/gu;
const LONGEST = 200;
const HASH_DIGITS = 32;

/** The file of a stream: the parts of a group's name are directories, and no name leads out of them. */
export function streamPath(directory: string, { group, stream }: LogStream): string {
  const folders = group.split('/').filter((part) => part !== '');
  return join(directory, ...folders.map(folderName), fileName(stream) + SUFFIX);
}

/** A folder cannot be taken for the file of a stream. */
const folderName = (part: string): string => fileName(part).replace(/\.jsonl$/, '%2Ejsonl');

/** Odd characters become `%` and the digits of their bytes; of long names the end becomes a hash of the whole. */
function fileName(name: string): string {
  const safe = name.replaceAll(ODD, escaped).replace(/^\.*$/, (dots) => dots.replaceAll('.', '%2E') || '%');
  if (safe.length <= LONGEST) return safe;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS);
  return `${safe.slice(0, LONGEST)}%${hash}`;
}

const escaped = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
