import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError, type ConfigPath, type Problem, printPath } from './problem.ts';

/** A parsed file that can say on which line a path stands. */
export interface Source {
  readonly value: unknown;
  /** Gives the error to stop with: file, line, path and reason. */
  readonly locate: (problem: Problem) => ConfigError;
}

/** Parses YAML 1.2. Throws `ConfigError` with file, line and reason. */
export function parseYaml(content: string, name: string): Source {
  const lines = new LineCounter();
  // Pretty errors would quote the source, and with it perhaps a secret.
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new ConfigError(
      `${name}:${lines.linePos(broken.pos[0]).line}: ${broken.code.toLowerCase().replaceAll('_', ' ')}`,
    );
  const locate = (problem: Problem): ConfigError => {
    const line = lines.linePos(offsetOf(document.contents, problem.path)).line;
    const place = problem.path.length === 0 ? '' : `${printPath(problem.path)}: `;
    return new ConfigError(`${name}:${line}: ${place}${problem.reason}`);
  };
  return { value: toJS(document, name) ?? {}, locate };
}

function toJS(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new ConfigError(`${name}:1: an alias has no anchor before it, or there are too many`);
  }
}

/** Where the deepest known part of a path begins: its key in a mapping, its entry in a list. */
function offsetOf(root: Node | null, path: ConfigPath): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (item === undefined) break;
      node = item;
      if (isMap(item) || isSeq(item) || isScalar(item)) offset = item.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
