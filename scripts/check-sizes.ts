import { identifierName, isNode, type Node, type Problem, type SourceFile, walk } from './source/syntax.ts';

const FILE_LINES = 350;
const FUNCTION_LINES = 50;
const PARAMETERS = 3;

/** Files, and functions and parameter lists of `src`, that have outgrown one reading; generated files may be long. */
export function checkSizes(files: readonly SourceFile[]): Problem[] {
  const written = files.filter(({ path }) => !path.endsWith('.gen.ts'));
  const product = written.filter(({ path }) => path.startsWith('src/'));
  return [...written.flatMap(checkLength), ...product.flatMap(checkFunctions)];
}

function checkLength({ path, text }: SourceFile): Problem[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines <= FILE_LINES
    ? []
    : [{ path, line: 1, message: `${lines} lines; at most ${FILE_LINES}: split it` }];
}

function checkFunctions({ path, program }: SourceFile): Problem[] {
  const problems: Problem[] = [];
  walk(program, (node, parent) => {
    if (!isNode(node.body) || !Array.isArray(node.params)) return undefined;
    const { start, end } = node.loc;
    const name = functionName(node, parent);
    const lines = end.line - start.line + 1;
    if (lines > FUNCTION_LINES) {
      problems.push({
        path,
        line: start.line,
        message: `${name} has ${lines} lines; at most ${FUNCTION_LINES}: split it`,
      });
    }
    const count = positional(node.params as readonly Node[]);
    if (count > PARAMETERS) {
      const message = `${name} has ${count} positional parameters; at most ${PARAMETERS}: take one named object`;
      problems.push({ path, line: start.line, message });
    }
    return undefined;
  });
  return problems;
}

function positional(parameters: readonly Node[]): number {
  return parameters.filter((parameter) => identifierName(parameter) !== 'this').length;
}

function functionName(node: Node, parent: Node | undefined): string {
  const names = [node.id, node.key, parent?.id, parent?.key].map(nameOf);
  return names.find((name) => name !== undefined) ?? 'a function';
}

function nameOf(value: unknown): string | undefined {
  if (isNode(value) && value.type === 'PrivateName') return `#${identifierName(value.id)}`;
  return identifierName(value);
}
