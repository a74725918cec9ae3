import { Refusal } from '../channel/refusal.ts';
import { looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { answerToEmptyRead } from '../inferred.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';
import { data, END_OF_FILE } from '../packets/replies.ts';
import { checkPosition } from './check-numbers.ts';

/** Gives less than was asked for where more would not fit into one packet; clients ask again for the rest. */
export function read(fields: FieldReader, { handles, dataBytes }: Workplace): Task {
  const { path, file, canRead, reads } = handles.file(fields.string());
  const position = fields.uint64();
  const length = Math.min(fields.uint32(), dataBytes);
  if (!canRead) throw new Refusal(STATUS.PERMISSION_DENIED, 'The file is not open for reading');
  checkPosition(position, length);
  if (length === 0) return { path, claim: looksAt(path), run: answerToEmptyRead };
  return {
    path,
    claim: looksAt(path),
    bytes: length,
    line: reads,
    run: async () => {
      const bytes = await file.read(position, length);
      return bytes.length === 0 ? END_OF_FILE : data(bytes);
    },
  };
}
