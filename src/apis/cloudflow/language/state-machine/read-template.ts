import { DefinitionError } from '../definition-error.ts';
import { ExpressionError } from '../expression-error.ts';
import type { Fields } from '../fields.ts';
import { isExpressionInContainer } from '../inferred.ts';
import { type Dialect, parseExpression } from '../parse-expression.ts';
import type { Template } from '../plan.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../source-node.ts';

const SUFFIX = '.$';

/** A field that holds a constructor: a map. Undefined when it is absent. */
export function readTemplateField(fields: Fields, name: string, dialect: Dialect): Template | undefined {
  const node = fields.node(name);
  if (node === undefined) return undefined;
  if (node.kind !== 'map') return fields.refuse(`${name} must be a map`, name);
  return new TemplateReader(dialect, fields.subject).read(node);
}

class TemplateReader {
  readonly #dialect: Dialect;
  readonly #subject: string;

  constructor(dialect: Dialect, subject: string) {
    this.#dialect = dialect;
    this.#subject = subject;
  }

  read(node: SourceMap): Template {
    return this.#map(node, (inner) => this.#plain(inner));
  }

  /** `inside` reads what stands under keys without the suffix. */
  #map(node: SourceMap, inside: (node: SourceNode) => Template): Template {
    const entries = new Map<string, Template>();
    for (const [key, entry] of node.entries) {
      const isExpression = key.endsWith(SUFFIX);
      const name = isExpression ? key.slice(0, -SUFFIX.length) : key;
      if (isExpression && name === '') this.#refuse(entry.line, `the key ${key} has no name`);
      if (entries.has(name)) this.#refuse(entry.line, `the key ${name} is there twice`);
      entries.set(name, isExpression ? this.#suffixed(key, entry) : inside(entry.node));
    }
    return objectTemplate([...entries]);
  }

  #plain(node: SourceNode): Template {
    if (node.kind === 'map') return this.read(node);
    if (node.kind === 'scalar') return { kind: 'literal', value: node.value };
    return arrayTemplate(node.items.map((item) => this.#plain(item)));
  }

  #suffixed(key: string, { line, node }: SourceEntry): Template {
    if (node.kind !== 'scalar') return this.#container(node);
    if (typeof node.value === 'string') return this.#expression(key, node.value, line);
    if (node.value === null) return this.#refuse(line, `the key ${key} needs an expression`);
    return { kind: 'literal', value: node.value };
  }

  /** Below a key with the suffix, texts that look like expressions are. */
  #container(node: SourceNode): Template {
    if (node.kind === 'map') return this.#map(node, (inner) => this.#container(inner));
    if (node.kind === 'list') return arrayTemplate(node.items.map((item) => this.#container(item)));
    const { value, line } = node;
    const isExpression = typeof value === 'string' && isExpressionInContainer(value);
    return isExpression ? this.#expression(value, value, line) : { kind: 'literal', value };
  }

  #expression(name: string, text: string, line: number): Template {
    try {
      return { kind: 'expression', expression: parseExpression(text, this.#dialect) };
    } catch (error) {
      if (error instanceof ExpressionError) this.#refuse(line, `the expression ${name} ${error.message}`);
      throw error;
    }
  }

  #refuse(line: number, rule: string): never {
    throw new DefinitionError(rule, { line, subject: this.#subject });
  }
}

/** What holds no expression is one literal, so that constructing it costs nothing. */
function objectTemplate(entries: readonly (readonly [string, Template])[]): Template {
  const literals = entries.flatMap(([key, item]) =>
    item.kind === 'literal' ? [[key, item.value] as const] : [],
  );
  return literals.length === entries.length
    ? { kind: 'literal', value: Object.fromEntries(literals) }
    : { kind: 'object', entries };
}

function arrayTemplate(items: readonly Template[]): Template {
  const literals = items.flatMap((item) => (item.kind === 'literal' ? [item.value] : []));
  return literals.length === items.length ? { kind: 'literal', value: literals } : { kind: 'array', items };
}
