import { absolutePath } from '../channel/paths.ts';
import { changes, changesTree } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OK } from '../packets/replies.ts';
import { givenPath } from './given-path.ts';

export function remove(fields: FieldReader, { tree, home }: Workplace): Task {
  const path = absolutePath(givenPath(fields), home);
  return {
    path,
    claim: changes(path),
    run: async () => {
      await tree.remove(path);
      return OK;
    },
  };
}

/** In version 3 the target must not be there. Some clients send flags of later versions behind the names. */
export function rename(fields: FieldReader, place: Workplace): Task {
  return renamed(fields, place, false);
}

/** `posix-rename@openssh.com`: the target is replaced. */
export function posixRename(fields: FieldReader, place: Workplace): Task {
  return renamed(fields, place, true);
}

function renamed(fields: FieldReader, { tree, home }: Workplace, replace: boolean): Task {
  const from = absolutePath(givenPath(fields), home);
  const to = absolutePath(givenPath(fields), home);
  return {
    path: from,
    claim: changesTree(from, to),
    run: async () => {
      await tree.rename(from, to, { replace });
      return OK;
    },
  };
}
