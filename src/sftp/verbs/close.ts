import { changes } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { closingOf } from '../inferred.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OK } from '../packets/replies.ts';

/**
 * The handle means nothing any more as soon as this was read, whatever comes of closing. The closing itself waits for
 * what was asked of the file before, reads too: the number of a descriptor that is closed may soon be that of another file.
 */
export function close(fields: FieldReader, { handles }: Workplace): Task {
  const handle = handles.take(fields.string());
  const { path } = handle;
  if (handle.kind === 'directory') {
    return {
      path,
      claim: changes(path),
      run: async () => {
        await handle.pages.return?.();
        return OK;
      },
    };
  }
  return {
    path,
    claim: changes(path),
    line: handle.reads,
    run: async () => {
      await handle.file.close(closingOf(handle));
      return OK;
    },
  };
}
