import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { packageName } from './check-imports.ts';
import { exportsOf, type Link, linksOf } from './source/links.ts';
import {
  identifierName,
  isNode,
  literalText,
  type Node,
  type Problem,
  type SourceFile,
  walk,
} from './source/syntax.ts';

/** The part of `package.json` that says what is used from outside the sources. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** What folders with a `package.json` of their own declare beside that. */
  readonly folders?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Used as programs or by the type checker, never imported. */
const TOOLS = ['@biomejs/biome', '@types/node', '@types/ssh2', 'node', 'typescript'];

/** Started by `bin/orrery`. */
const ENTRIES = ['src/cli/cli.ts'];

/** Modules that a configuration names as functions, and what the server calls of them. */
const FUNCTION = { path: /^examples\/[^/]+\/functions\//, export: 'handler' };

/** Files that nothing reaches, exports that nobody imports, dependencies that nobody uses or declares. */
export function checkDeadCode(files: readonly SourceFile[], manifest: Manifest): Problem[] {
  const links = new Map(files.map((file) => [file.path, linksOf(file)]));
  return [
    ...unusedFiles(files, links, manifest),
    ...unusedExports(files, links),
    ...undeclaredPackages(links, manifest),
    ...unusedPackages(links, manifest),
  ];
}

type Links = ReadonlyMap<string, readonly Link[]>;

function unusedFiles(files: readonly SourceFile[], links: Links, manifest: Manifest): Problem[] {
  const scripts = Object.values(manifest.scripts).join(' ');
  const isEntry = (file: SourceFile): boolean =>
    file.path.endsWith('.test.ts') ||
    ENTRIES.includes(file.path) ||
    scripts.includes(file.path) ||
    isProgram(file);
  const reached = new Set<string>();
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reach = (file: SourceFile | undefined): void => {
    if (file === undefined || reached.has(file.path)) return;
    reached.add(file.path);
    for (const { target } of links.get(file.path) ?? []) if (target !== undefined) reach(byPath.get(target));
    for (const path of mentionedFiles(file, files)) reach(byPath.get(path));
  };
  for (const file of files) if (isEntry(file)) reach(file);
  return files
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => ({ path, line: 1, message: 'nothing uses this file: delete it' }));
}

/** Examples, whoever asks whether it was started itself, and outside the product whoever waits for something at the top. */
function isProgram({ path, text, program }: SourceFile): boolean {
  if (path.startsWith('examples/') || text.includes('if (import.meta.main')) return true;
  return !path.startsWith('src/') && (program.body as readonly Node[]).some(isAwait);
}

function isAwait({ type, expression }: Node): boolean {
  return type === 'ExpressionStatement' && isNode(expression) && expression.type === 'AwaitExpression';
}

/** Files started as processes or threads are only named in strings. What our checks name, they do not start. */
function mentionedFiles(file: SourceFile, files: readonly SourceFile[]): string[] {
  if (file.path.startsWith('scripts/')) return [];
  const names: string[] = [];
  walk(file.program, (node) => {
    const text = literalText(node);
    if (text?.endsWith('.ts') === true) names.push(text);
    return undefined;
  });
  return files.map(({ path }) => path).filter((path) => names.some((name) => isMention(name, path)));
}

function isMention(name: string, path: string): boolean {
  const bare = name.replace(/^(\.{1,2}\/)+/, '');
  return path === bare || path.endsWith(`/${bare}`) || basename(path) === bare;
}

function unusedExports(files: readonly SourceFile[], links: Links): Problem[] {
  const used = new Map<string, Set<string>>();
  for (const { target, names } of [...links.values()].flat()) {
    if (target === undefined) continue;
    const known = used.get(target) ?? new Set();
    for (const name of names) known.add(name);
    used.set(target, known);
  }
  return files
    .filter(({ path }) => !path.endsWith('.gen.ts'))
    .flatMap((file) => unusedOf(file, used.get(file.path)));
}

/** A type that only its own file names is part of what that file's other exports say. */
function unusedOf(file: SourceFile, used: ReadonlySet<string> = new Set()): Problem[] {
  if (used.has('*')) return [];
  return exportsOf(file)
    .filter(({ name }) => !(name === FUNCTION.export && FUNCTION.path.test(file.path)))
    .filter(({ name, isType }) => !used.has(name) && !(isType && countUses(file, name) > 1))
    .map(({ name, line }) => ({
      path: file.path,
      line,
      message: `nobody imports ${name}: delete it or its \`export\``,
    }));
}

function countUses(file: SourceFile, name: string): number {
  let uses = 0;
  walk(file.program, (node) => {
    if (identifierName(node) === name) uses += 1;
    return undefined;
  });
  return uses;
}

function undeclaredPackages(links: Links, { dependencies, devDependencies, folders }: Manifest): Problem[] {
  return [...links].flatMap(([path, all]) => {
    const own = folders?.[path.split('/')[0] ?? ''];
    const declared = path.startsWith('src/') ? dependencies : { ...dependencies, ...devDependencies, ...own };
    return all
      .filter((link) => link.target === undefined && !isBuiltin(link.specifier) && link.kind !== 'url')
      .filter(({ specifier }) => !(packageName(specifier) in declared))
      .map(({ specifier, line }) => ({
        path,
        line,
        message: `${packageName(specifier)} is not among the dependencies`,
      }));
  });
}

function unusedPackages(links: Links, { dependencies, devDependencies }: Manifest): Problem[] {
  const inSrc = packagesOf(links, (path) => path.startsWith('src/'));
  const anywhere = packagesOf(links, () => true);
  const report = (name: string): Problem => ({
    path: 'package.json',
    line: 1,
    message: `${name}: nobody uses this dependency`,
  });
  return [
    ...Object.keys(dependencies).filter((name) => !inSrc.has(name)),
    ...Object.keys(devDependencies).filter((name) => !anywhere.has(name) && !TOOLS.includes(name)),
  ].map(report);
}

function packagesOf(links: Links, isWanted: (path: string) => boolean): Set<string> {
  const wanted = [...links].filter(([path]) => isWanted(path)).flatMap(([, all]) => all);
  return new Set(
    wanted.filter(({ target }) => target === undefined).map(({ specifier }) => packageName(specifier)),
  );
}
