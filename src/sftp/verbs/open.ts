import type { OpenMode } from '../../files/file-tree.ts';
import { absolutePath } from '../channel/paths.ts';
import { Refusal } from '../channel/refusal.ts';
import { ReplyLine } from '../channel/reply-line.ts';
import { changes, looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { readAttributes } from '../packets/attributes.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OPEN_FLAG, STATUS } from '../packets/names.ts';
import { handle, type Reply } from '../packets/replies.ts';
import { checkSize } from './check-numbers.ts';
import { givenPath } from './given-path.ts';

export function open(fields: FieldReader, place: Workplace): Task {
  const path = absolutePath(givenPath(fields), place.home);
  const mode = readMode(fields);
  checkSize(mode.attributes);
  place.handles.reserve();
  const isLook = !mode.write && !mode.create && !mode.truncate;
  return { path, claim: isLook ? looksAt(path) : changes(path), run: () => openFile(path, mode, place) };
}

async function openFile(path: string, mode: OpenMode, { tree, handles }: Workplace): Promise<Reply> {
  try {
    const file = await tree.open(path, mode);
    const { read: canRead, write: canWrite } = mode;
    const reads = new ReplyLine();
    return handle(handles.add({ kind: 'file', path, file, canRead, canWrite, hasFailed: false, reads }));
  } catch (error) {
    handles.giveBack();
    throw error;
  }
}

function readMode(fields: FieldReader): OpenMode {
  const flags = fields.uint32();
  const has = (name: keyof typeof OPEN_FLAG): boolean => (flags & OPEN_FLAG[name]) !== 0;
  const attributes = readAttributes(fields);
  const mode = {
    read: has('READ'),
    write: has('WRITE') || has('APPEND'),
    append: has('APPEND'),
    create: has('CREATE'),
    truncate: has('TRUNCATE'),
    exclusive: has('EXCLUSIVE'),
    attributes,
  };
  if (!mode.read && !mode.write) {
    throw new Refusal(STATUS.FAILURE, 'A file is opened to be read, to be written, or both');
  }
  return mode;
}
