import { changes, looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { closingOf } from '../inferred.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OK } from '../packets/replies.ts';

/** The handle means nothing any more as soon as this was read, whatever comes of closing. */
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
    claim: handle.canWrite ? changes(path) : looksAt(path),
    run: async () => {
      await handle.file.close(closingOf(handle));
      return OK;
    },
  };
}
