import { Refusal } from '../channel/refusal.ts';
import { changes, looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { STATUS } from '../packets/names.ts';
import { numbers, OK } from '../packets/replies.ts';
import { expandPath } from './links.ts';
import { posixRename } from './names.ts';

type Extension = (fields: FieldReader, place: Workplace) => Task;

/** Of OpenSSH: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL, section 4. */
const EXTENSIONS: ReadonlyMap<string, Extension> = new Map([
  ['posix-rename@openssh.com', posixRename],
  ['fsync@openssh.com', sync],
  ['limits@openssh.com', limits],
  ['expand-path@openssh.com', expandPath],
]);

/** What VERSION announces: names, and the version of each. */
export const ANNOUNCED: Readonly<Record<string, string>> = Object.fromEntries(
  EXTENSIONS.keys().map((name) => [name, '1']),
);

export function extended(fields: FieldReader, place: Workplace): Task {
  const name = fields.text();
  const extension = EXTENSIONS.get(name);
  if (extension === undefined) {
    throw new Refusal(STATUS.OP_UNSUPPORTED, `${name.slice(0, 64)} is not supported`);
  }
  return extension(fields, place);
}

function sync(fields: FieldReader, { handles }: Workplace): Task {
  const { path, file } = handles.file(fields.string());
  return {
    path,
    claim: changes(path),
    run: async () => {
      if (file.sync === undefined) {
        throw new Refusal(STATUS.OP_UNSUPPORTED, 'The file becomes durable when it is closed');
      }
      await file.sync();
      return OK;
    },
  };
}

/** Clients that ask take as large reads and writes as they are told of. */
function limits(_fields: FieldReader, { packetBytes, dataBytes, handleLimit }: Workplace): Task {
  return {
    path: '',
    claim: looksAt(),
    run: () => numbers([packetBytes, dataBytes, dataBytes, handleLimit]),
  };
}
