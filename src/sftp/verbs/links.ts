import { absolutePath, linkTarget } from '../channel/paths.ts';
import { changesTree, looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { isTargetFirst } from '../inferred.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { OK, pathName } from '../packets/replies.ts';
import { givenPath } from './given-path.ts';

export function realPath(fields: FieldReader, { tree, home }: Workplace): Task {
  const path = absolutePath(fields.text(), home);
  return { path, claim: looksAt(path), run: async () => pathName(await tree.realPath(path)) };
}

/** `expand-path@openssh.com`: REALPATH in which `~` is the home. */
export function expandPath(fields: FieldReader, { tree, home }: Workplace): Task {
  const given = fields.text().replace(/^~(?=\/|$)/, () => home);
  const path = absolutePath(given, home);
  return { path, claim: looksAt(path), run: async () => pathName(await tree.realPath(path)) };
}

export function readLink(fields: FieldReader, { tree, home }: Workplace): Task {
  const path = absolutePath(givenPath(fields), home);
  return { path, claim: looksAt(path), run: async () => pathName(await tree.readLink(path)) };
}

export function symlink(fields: FieldReader, { tree, home, client }: Workplace): Task {
  const first = givenPath(fields);
  const second = givenPath(fields);
  const [given, at] = isTargetFirst(client) ? [first, second] : [second, first];
  const target = linkTarget(given);
  const path = absolutePath(at, home);
  return {
    path,
    claim: changesTree(path),
    run: async () => {
      await tree.symlink(target, path);
      return OK;
    },
  };
}
