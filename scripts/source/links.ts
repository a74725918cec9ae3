import { posix } from 'node:path';
import { identifierName, isNode, literalText, type Node, type SourceFile, walk } from './syntax.ts';

/** One use of another module. `names` are the exports used, `*` standing for all of them. */
export interface Link {
  /** As written, for example `./shard.ts`, `node:fs` or `fastify`. */
  readonly specifier: string;
  /** Path of the file in the repository, for relative specifiers. */
  readonly target?: string;
  readonly names: readonly string[];
  readonly kind: 'import' | 're-export' | 'url';
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What a file uses: imports, re-exports, dynamic imports, and `new URL('./file', import.meta.url)`. */
export function linksOf(file: SourceFile): Link[] {
  const links: Link[] = [];
  walk(file.program, (node) => {
    const found = linkAt(node);
    if (found !== undefined) links.push(resolve(file.path, found));
    return undefined;
  });
  return links;
}

function linkAt(node: Node): Omit<Link, 'target'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return declared(node, 'import', importedNames(node));
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source == null ? undefined : declared(node, 're-export', reExportedNames(node));
    case 'ImportExpression':
      return indirect(node, 'import', literalText(node.source));
    case 'TSImportType':
      return indirect(node, 'import', literalText(node.source ?? node.argument));
    case 'NewExpression':
      return identifierName(node.callee) === 'URL' ? urlLink(node) : undefined;
    default:
      return undefined;
  }
}

function declared(node: Node, kind: Link['kind'], names: readonly string[]): Omit<Link, 'target'> {
  const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
  return { specifier: literalText(node.source) ?? '', names, kind, typeOnly, line: node.loc.start.line };
}

function indirect(
  node: Node,
  kind: Link['kind'],
  specifier: string | undefined,
): Omit<Link, 'target'> | undefined {
  if (specifier === undefined) return undefined;
  return { specifier, names: ['*'], kind, typeOnly: node.type === 'TSImportType', line: node.loc.start.line };
}

function urlLink(node: Node): Omit<Link, 'target'> | undefined {
  const [path, base] = node.arguments as readonly Node[];
  const specifier = literalText(path);
  return base?.type === 'MemberExpression' && specifier?.startsWith('.') === true
    ? indirect(node, 'url', specifier)
    : undefined;
}

function importedNames(node: Node): string[] {
  return (node.specifiers as readonly Node[]).map((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return '*';
    return specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
  });
}

function reExportedNames(node: Node): string[] {
  if (node.type === 'ExportAllDeclaration') return ['*'];
  return (node.specifiers as readonly Node[]).map((specifier) => nameOf(specifier.local));
}

function nameOf(value: unknown): string {
  return identifierName(value) ?? literalText(value) ?? '*';
}

function resolve(path: string, link: Omit<Link, 'target'>): Link {
  if (!link.specifier.startsWith('.')) return link;
  return { ...link, target: posix.join(posix.dirname(path), link.specifier) };
}

/** One exported name; `isType` when it exists for the type checker only. */
export interface Export {
  readonly name: string;
  readonly isType: boolean;
  readonly line: number;
}

export function exportsOf(file: SourceFile): Export[] {
  const statements = file.program.body as readonly Node[];
  return statements
    .filter(({ type, source }) => type === 'ExportNamedDeclaration' && source == null)
    .flatMap(exportsAt);
}

function exportsAt(statement: Node): Export[] {
  const { declaration, specifiers } = statement as unknown as {
    declaration?: Node;
    specifiers: readonly Node[];
  };
  const line = statement.loc.start.line;
  if (!isNode(declaration))
    return specifiers.map(({ exported }) => ({ name: nameOf(exported), isType: false, line }));
  const isType = declaration.type.startsWith('TS');
  const declarations =
    declaration.type === 'VariableDeclaration'
      ? (declaration.declarations as readonly Node[])
      : [declaration];
  return declarations.map(({ id }) => ({ name: nameOf(id), isType, line }));
}
