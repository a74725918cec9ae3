import { DefinitionError } from './definition-error.ts';
import { ExpressionError } from './expression-error.ts';
import { fromDigits } from './from-digits.ts';
import { ignoredFields } from './inferred.ts';
import type { SourceMap, SourceNode } from './source-node.ts';

export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  readonly isInteger?: boolean;
  readonly mayBeText?: boolean;
}

/** One map of a definition, whose fields are asked for by name; what is not as asked for is refused with its line. */
export class Fields {
  /** What the map is, for messages: for example `step 'pay'`. */
  readonly subject: string;
  readonly line: number;
  readonly #map: SourceMap;

  constructor(node: SourceNode, subject: string) {
    if (node.kind !== 'map') throw new DefinitionError('must be a map', { line: node.line, subject });
    this.#map = node;
    this.line = node.line;
    this.subject = subject;
  }

  /** The same map under a better name. */
  as(subject: string): Fields {
    return new Fields(this.#map, subject);
  }

  /** Refuses fields that are not among these. */
  only(...known: readonly string[]): void {
    for (const [name, { line }] of this.#map.entries) {
      if (known.includes(name) || ignoredFields.includes(name)) continue;
      throw new DefinitionError(`the field ${name} is not known`, { line, subject: this.subject });
    }
  }

  /** Is it there, and not empty? */
  has(name: string): boolean {
    return this.node(name) !== undefined;
  }

  /** Also when it is there and empty. */
  value(name: string): SourceNode | undefined {
    return this.#map.entries.get(name)?.node;
  }

  node(name: string): SourceNode | undefined {
    const node = this.value(name);
    return node?.kind === 'scalar' && node.value === null ? undefined : node;
  }

  required(name: string): SourceNode {
    return this.node(name) ?? this.refuse(`the field ${name} is missing`);
  }

  /** Which of these is there: exactly one must be. */
  oneOf(...names: readonly string[]): string {
    const found = names.filter((name) => this.has(name));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    return this.refuse(`exactly one of ${names.join(' and ')} must be there`, found[1]);
  }

  text(name: string): string {
    return this.#textOf(name, this.required(name));
  }

  textIfAny(name: string): string | undefined {
    const node = this.node(name);
    return node === undefined ? undefined : this.#textOf(name, node);
  }

  #textOf(name: string, node: SourceNode): string {
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
    return this.refuse(`${name} must be a text`, name);
  }

  /** One of a few words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word {
    const text = this.text(name);
    const word = words.find((each) => each === text);
    return word ?? this.refuse(`${name} must be ${words.join(' or ')}, not '${text}'`, name);
  }

  numberIfAny(name: string, range: NumberRange = {}): number | undefined {
    const node = this.node(name);
    if (node === undefined) return undefined;
    const { least = 0, most = Infinity, isInteger = true, mayBeText = false } = range;
    const given = node.kind === 'scalar' ? node.value : undefined;
    const value = mayBeText ? fromDigits(given) : given;
    const isRight =
      typeof value === 'number' && value >= least && value <= most && (!isInteger || Number.isInteger(value));
    if (isRight) return value;
    const kind = isInteger ? 'a whole number' : 'a number';
    const bounds = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
    return this.refuse(`${name} must be ${kind} ${bounds}`, name);
  }

  number(name: string, range: NumberRange = {}): number {
    this.required(name);
    return this.numberIfAny(name, range) ?? this.refuse(`the field ${name} is missing`);
  }

  /** Absent is false. */
  flag(name: string): boolean {
    const node = this.node(name);
    if (node === undefined) return false;
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    return this.refuse(`${name} must be true or false`, name);
  }

  /** Has at least one item. */
  list(name: string, most = Infinity): readonly SourceNode[] {
    this.required(name);
    const items = this.listIfAny(name, most) ?? [];
    return items.length > 0 ? items : this.refuse(`${name} must not be empty`, name);
  }

  listIfAny(name: string, most = Infinity): readonly SourceNode[] | undefined {
    const node = this.node(name);
    if (node === undefined) return undefined;
    if (node.kind !== 'list') return this.refuse(`${name} must be a list`, name);
    if (node.items.length > most) return this.refuse(`${name} has more than ${most} items`, name);
    return node.items;
  }

  texts(name: string): readonly string[] {
    return this.list(name).map((node) => {
      if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return node.value;
      return this.refuse(`${name} must be a list of texts`, name);
    });
  }

  map(name: string, subject = `${name} of ${this.subject}`): Fields {
    const node = this.required(name);
    return node.kind === 'map' ? new Fields(node, subject) : this.refuse(`${name} must be a map`, name);
  }

  mapIfAny(name: string, subject?: string): Fields | undefined {
    return this.has(name) ? this.map(name, subject) : undefined;
  }

  entries(): ReturnType<SourceMap['entries']['entries']> {
    return this.#map.entries.entries();
  }

  /** Says so at the line of the field, or of the map. */
  refuse(rule: string, name?: string): never {
    const line = (name === undefined ? undefined : this.#map.entries.get(name)?.line) ?? this.line;
    throw new DefinitionError(rule, { line, subject: this.subject });
  }
}

/** Runs a reader of an expression's text; what is wrong with it is said at that field. */
export function readExpression<Result>(fields: Fields, name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpressionError)
      return fields.refuse(`the expression ${name} ${error.message}`, name);
    throw error;
  }
}
