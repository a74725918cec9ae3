import { STATUS } from '../packets/names.ts';
import { Refusal } from './refusal.ts';

/** As Linux has it, in bytes. */
const LONGEST_PATH = 4096;
const LONGEST_NAME = 255;

/** The absolute path that a client means: relative ones start at `home`; without `.`, `..`, doubled and trailing slashes. */
export function absolutePath(given: string, home: string): string {
  checkText(given);
  const names: string[] = [];
  for (const name of (given.startsWith('/') ? given : `${home}/${given}`).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)) throw tooLong();
  return `/${names.join('/')}`;
}

/** What a link shall say; it may be relative and lead anywhere: the tree decides what is followed. */
export function linkTarget(given: string): string {
  checkText(given);
  if (given === '') throw new Refusal(STATUS.NO_SUCH_FILE, 'No such file or directory');
  return given;
}

function checkText(given: string): void {
  if (given.includes('\0')) throw new Refusal(STATUS.FAILURE, 'A path may not hold NUL');
  if (Buffer.byteLength(given) > LONGEST_PATH) throw tooLong();
}

function tooLong(): Refusal {
  return new Refusal(STATUS.FAILURE, 'File name too long');
}
