import type { Comparison, Expression, PathExpression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { functionNamed } from './functions/table.ts';
import { type Token, tokenize } from './tokens.ts';

/** What may stand in an expression at its place in a definition. */
export interface Dialect {
  /** Without the `$`; `''` allows `$.key`. */
  readonly roots: readonly string[];
  readonly calls: boolean;
}

const DEEPEST = 32;
const DEEPEST_CALLS = 10;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const CONSTANTS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Reads an expression; `ExpressionError` says what is wrong with it. */
export function parseExpression(text: string, dialect: Dialect): Expression {
  return new ExpressionParser(text, dialect).whole();
}

/** Reads an expression that can give `true` or `false`. */
export function parseCondition(text: string, dialect: Dialect): Expression {
  const expression = parseExpression(text, dialect);
  const { kind } = expression;
  const isConstant = kind === 'literal' && typeof expression.value !== 'boolean';
  if (isConstant || kind === 'array' || kind === 'object') {
    throw new ExpressionError('is neither true nor false');
  }
  return expression;
}

/** Reads a path and nothing else. */
export function parsePath(text: string, dialect: Dialect): PathExpression {
  const expression = parseExpression(text, dialect);
  if (expression.kind !== 'path') throw new ExpressionError('is not a path');
  return expression;
}

class ExpressionParser {
  readonly #tokens: readonly Token[];
  readonly #dialect: Dialect;
  #next = 0;
  #depth = 0;
  #calls = 0;

  constructor(text: string, dialect: Dialect) {
    this.#tokens = tokenize(text);
    this.#dialect = dialect;
  }

  whole(): Expression {
    const expression = this.#or();
    const { kind, at } = this.#peek();
    if (kind !== 'end') throw new ExpressionError('does not end where it should', at);
    return expression;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#takeMark('||')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#comparison();
    while (this.#takeMark('&&')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expression {
    const left = this.#operand();
    const token = this.#peek();
    if (token.kind !== 'mark' || !COMPARISONS.includes(token.text)) return left;
    this.#next++;
    return { kind: 'compare', operator: token.text as Comparison, left, right: this.#operand() };
  }

  #operand(): Expression {
    const token = this.#peek();
    this.#next++;
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', value: token.value };
      case 'path':
        return this.#path(token);
      case 'name':
        return this.#constantOrCall(token);
      case 'mark':
        return this.#deeper(token.at, () => this.#marked(token));
      case 'end':
        throw new ExpressionError('ends where a value is expected', token.at);
    }
  }

  #path({ root, steps, at }: Token & { kind: 'path' }): Expression {
    if (!this.#dialect.roots.includes(root)) {
      const known = this.#dialect.roots.map((name) => `$${name || '.'}`).join(', ');
      throw new ExpressionError(`uses $${root || '.'} where only ${known} can be used`, at);
    }
    return { kind: 'path', root, steps };
  }

  #constantOrCall({ text, at }: { text: string; at: number }): Expression {
    if (Object.hasOwn(CONSTANTS, text)) return { kind: 'literal', value: CONSTANTS[text] ?? null };
    if (!this.#dialect.calls) throw new ExpressionError(`has an unexpected ${text}`, at);
    const called = functionNamed(text);
    if (called === undefined) throw new ExpressionError(`calls the unknown function ${text}`, at);
    if (!this.#takeMark('(')) throw new ExpressionError(`uses the function ${text} without arguments`, at);
    if (this.#calls === DEEPEST_CALLS) {
      throw new ExpressionError(`nests more than ${DEEPEST_CALLS} calls`, at);
    }
    this.#calls++;
    const items = this.#deeper(at, () => this.#list(')', () => this.#or()));
    this.#calls--;
    const { least, most } = called;
    if (items.length < least || items.length > most) {
      throw new ExpressionError(
        `gives ${text} ${items.length} arguments instead of ${range(least, most)}`,
        at,
      );
    }
    return { kind: 'call', name: text, arguments: items };
  }

  #marked({ text, at }: { text: string; at: number }): Expression {
    if (text === '!') return { kind: 'not', operand: this.#operand() };
    if (text === '[') return { kind: 'array', items: this.#list(']', () => this.#or()) };
    if (text === '{') return { kind: 'object', entries: this.#list('}', () => this.#entry()) };
    if (text !== '(') throw new ExpressionError(`has an unexpected ${text}`, at);
    const inner = this.#or();
    this.#expectMark(')');
    return inner;
  }

  #entry(): readonly [string, Expression] {
    const token = this.#peek();
    if (token.kind !== 'literal' || typeof token.value !== 'string') {
      throw new ExpressionError('has an object whose key is not a quoted text', token.at);
    }
    this.#next++;
    this.#expectMark(':');
    return [token.value, this.#or()];
  }

  #list<Item>(end: string, item: () => Item): Item[] {
    const items: Item[] = [];
    if (this.#takeMark(end)) return items;
    do items.push(item());
    while (this.#takeMark(','));
    this.#expectMark(end);
    return items;
  }

  #deeper<Result>(at: number, parse: () => Result): Result {
    if (this.#depth === DEEPEST) throw new ExpressionError(`nests more than ${DEEPEST} levels`, at);
    this.#depth++;
    const result = parse();
    this.#depth--;
    return result;
  }

  #takeMark(text: string): boolean {
    const token = this.#peek();
    const isIt = token.kind === 'mark' && token.text === text;
    if (isIt) this.#next++;
    return isIt;
  }

  #expectMark(text: string): void {
    if (!this.#takeMark(text)) throw new ExpressionError(`lacks a ${text}`, this.#peek().at);
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error('an expression was read beyond its end');
    return token;
  }
}

function range(least: number, most: number): string {
  if (most === Infinity) return `${least} or more`;
  return least === most ? String(least) : `${least} to ${most}`;
}
