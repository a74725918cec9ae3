import type { StatChanges } from '../../files/file-tree.ts';
import { Refusal } from '../channel/refusal.ts';
import { STATUS } from '../packets/names.ts';

/** No file is longer than 2^53 - 1 bytes. */
export function checkPosition(position: number, length: number): void {
  if (!Number.isSafeInteger(position + length)) {
    throw new Refusal(STATUS.FAILURE, 'The position is beyond what a file can have');
  }
}

export function checkSize({ size }: StatChanges): void {
  if (size !== undefined && !Number.isSafeInteger(size)) {
    throw new Refusal(STATUS.FAILURE, 'The size is beyond what a file can have');
  }
}
