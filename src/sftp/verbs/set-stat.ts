import type { StatChanges } from '../../files/file-tree.ts';
import { absolutePath } from '../channel/paths.ts';
import { changes } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { readAttributes } from '../packets/attributes.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OK } from '../packets/replies.ts';
import { checkSize } from './check-numbers.ts';
import { givenPath } from './given-path.ts';

export function setStat(fields: FieldReader, place: Workplace): Task {
  const path = absolutePath(givenPath(fields), place.home);
  return changed(path, fields, (wanted) => place.tree.setStat(path, wanted));
}

export function fsetStat(fields: FieldReader, place: Workplace): Task {
  const handle = place.handles.any(fields.string());
  const { path } = handle;
  return changed(path, fields, (wanted) =>
    handle.kind === 'file' ? handle.file.setStat(wanted) : place.tree.setStat(path, wanted),
  );
}

function changed(path: string, fields: FieldReader, apply: (wanted: StatChanges) => Promise<void>): Task {
  const wanted = readAttributes(fields);
  checkSize(wanted);
  const isNothing = Object.keys(wanted).length === 0;
  return {
    path,
    claim: changes(path),
    run: async () => {
      if (!isNothing) await apply(wanted);
      return OK;
    },
  };
}
