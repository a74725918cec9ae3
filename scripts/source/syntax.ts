import { parse } from '@babel/parser';

/** A node of the syntax tree; which further properties it has depends on `type`. */
export interface Node {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly [property: string]: unknown;
}

/** One parsed file; `path` is relative to the repository, with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
}

/** Something wrong, for people to read. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export function parseSource(path: string, text: string): SourceFile {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'], sourceFilename: path });
  return { path, text, program: program as unknown as Node };
}

/** Visits a tree from above, in source order; children are left out when `visit` answers false. */
export function walk(
  node: Node,
  visit: (node: Node, parent?: Node) => boolean | undefined,
  parent?: Node,
): void {
  if (visit(node, parent) === false) return;
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) walk(child, visit, node);
    } else if (isNode(value)) walk(value, visit, node);
  }
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Node>).type === 'string' &&
    'loc' in value
  );
}

/** The text of a string literal or of a template without holes. */
export function literalText(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'StringLiteral') return value.value as string;
  if (value.type !== 'TemplateLiteral') return undefined;
  const [quasi, ...more] = value.quasis as readonly Node[];
  const written = quasi?.value as { readonly cooked?: string } | undefined;
  return more.length === 0 ? written?.cooked : undefined;
}

export function identifierName(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' ? (value.name as string) : undefined;
}
