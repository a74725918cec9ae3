import type { FileHandle } from '../channel/handles.ts';
import { Refusal } from '../channel/refusal.ts';
import { changes } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';
import { OK, type Reply } from '../packets/replies.ts';
import { checkPosition } from './check-numbers.ts';

export function write(fields: FieldReader, { handles }: Workplace): Task {
  const handle = handles.file(fields.string());
  const position = fields.uint64();
  const bytes = fields.string();
  const { path } = handle;
  if (!handle.canWrite) throw new Refusal(STATUS.PERMISSION_DENIED, 'The file is not open for writing');
  checkPosition(position, bytes.length);
  return {
    path,
    claim: changes(path),
    bytes: bytes.length,
    run: () => (bytes.length === 0 ? OK : writeBytes(handle, position, bytes)),
  };
}

/** Most writes are taken at once, and then nothing is to be awaited. */
function writeBytes(handle: FileHandle, position: number, bytes: Buffer): Reply | Promise<Reply> {
  const failed = (error: unknown): never => {
    handle.hasFailed = true;
    throw error;
  };
  try {
    const pending = handle.file.write(position, bytes);
    return pending === undefined ? OK : pending.then(() => OK, failed);
  } catch (error) {
    return failed(error);
  }
}
