import type { FileStat } from '../../files/file-tree.ts';
import { absolutePath } from '../channel/paths.ts';
import { looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { attributes } from '../packets/replies.ts';
import { givenPath } from './given-path.ts';

export function stat(fields: FieldReader, { tree, home }: Workplace): Task {
  return told(absolutePath(givenPath(fields), home), (path) => tree.stat(path));
}

export function lstat(fields: FieldReader, { tree, home }: Workplace): Task {
  return told(absolutePath(givenPath(fields), home), (path) => tree.lstat(path));
}

export function fstat(fields: FieldReader, { tree, handles }: Workplace): Task {
  const handle = handles.any(fields.string());
  return told(handle.path, (path) => (handle.kind === 'file' ? handle.file.stat() : tree.stat(path)));
}

function told(path: string, ask: (path: string) => Promise<FileStat>): Task {
  return { path, claim: looksAt(path), run: async () => attributes(await ask(path)) };
}
