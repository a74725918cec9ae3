import type { FileTree, OpenMode } from '../../src/files/file-tree.ts';

const NOTHING: OpenMode = {
  read: false,
  write: false,
  append: false,
  create: false,
  truncate: false,
  exclusive: false,
  attributes: {},
};

/** An open mode by the letters of what is on: read, write, append, create, truncate, exclusive. */
export function mode(letters: string): OpenMode {
  const names = ['read', 'write', 'append', 'create', 'truncate', 'exclusive'] as const;
  const on = names.filter((name) => letters.includes(name.charAt(0)));
  return { ...NOTHING, ...Object.fromEntries(on.map((name) => [name, true])) };
}

/** As most clients upload. */
export async function upload(tree: FileTree, path: string, content: string | Uint8Array): Promise<void> {
  const file = await tree.open(path, mode('wct'));
  await file.write(0, Buffer.from(content));
  await file.close('closed');
}

export async function download(tree: FileTree, path: string): Promise<string> {
  const file = await tree.open(path, mode('r'));
  const pieces: Uint8Array[] = [];
  for (let position = 0; ; ) {
    const bytes = await file.read(position, 32_768);
    if (bytes.length === 0) break;
    pieces.push(bytes);
    position += bytes.length;
  }
  await file.close('closed');
  return Buffer.concat(pieces).toString();
}

/** Names in a directory, sorted, those of directories with a slash and those of links with an @ behind. */
export async function names(tree: FileTree, path: string): Promise<string[]> {
  const found: string[] = [];
  const suffix = { file: '', directory: '/', link: '@' };
  for await (const page of tree.list(path)) {
    for (const { name, stat } of page) found.push(name + suffix[stat.kind]);
  }
  return found.sort();
}
