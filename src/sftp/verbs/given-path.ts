import { Refusal } from '../channel/refusal.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';

/** A path as the client wrote it; an empty one names nothing. */
export function givenPath(fields: FieldReader): string {
  const path = fields.text();
  if (path === '') throw new Refusal(STATUS.NO_SUCH_FILE, 'No such file or directory');
  return path;
}
