import type { PathStep } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { unescapeSingleQuoted } from './inferred.ts';

export type Token = { readonly at: number } & (
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'path'; readonly root: string; readonly steps: readonly PathStep[] }
  | { readonly kind: 'name' | 'mark'; readonly text: string }
  | { readonly kind: 'end' }
);

const LONGEST = 16_384;
const MOST = 1_000;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const DOUBLE = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const SINGLE = /'[^'\\]*(?:\\.[^'\\]*)*'/sy;
const BACK = /`[^`]*`/y;
const PATH = /\$([\p{L}\p{M}\p{N}_]*)((?:\.[\p{L}\p{M}\p{N}_-]+|\[(?:\*|\d{1,9})\])*)(?![.[\p{L}])/uy;
const PATH_STEP = /\.([^.[]+)|\[([^\]]+)\]/g;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const MARK = /&&|\|\||[=!<>]=|[<>!()[\]{},:]/y;

/** Cuts an expression into its tokens, in time linear in its length; the last one is the end. */
export function tokenize(text: string): Token[] {
  if (text.length > LONGEST) throw new ExpressionError(`is longer than ${LONGEST} characters`);
  const tokens: Token[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    if (tokens.length === MOST) throw new ExpressionError(`has more than ${MOST} parts`);
    const [token, length] = tokenAt(text, at);
    tokens.push(token);
    at = skip(text, at + length);
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}

function skip(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.[0].length ?? 0);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokenAt(text: string, at: number): [Token, length: number] {
  switch (text[at]) {
    case '$':
      return path(text, at);
    case '"':
      return quoted(match(DOUBLE, text, at), at, unescapeDoubleQuoted);
    case "'":
      return quoted(match(SINGLE, text, at), at, unescapeSingleQuoted);
    case '`':
      return quoted(match(BACK, text, at), at, (body) => body);
    default:
      return numberNameOrMark(text, at);
  }
}

function path(text: string, at: number): [Token, number] {
  const found = match(PATH, text, at);
  if (found === null) {
    throw new ExpressionError('has a path that is not of the form $root.key[0][*]', at);
  }
  const [whole, root = '', steps = ''] = found;
  return [{ kind: 'path', at, root, steps: [...steps.matchAll(PATH_STEP)].map(pathStep) }, whole.length];
}

function pathStep([, key, index]: RegExpMatchArray): PathStep {
  if (key !== undefined) return { key };
  return index === '*' ? 'every' : { index: Number(index) };
}

function quoted(
  found: RegExpExecArray | null,
  at: number,
  decode: (body: string) => string,
): [Token, number] {
  if (found === null) throw new ExpressionError('has a text without its closing quote', at);
  try {
    return [{ kind: 'literal', at, value: decode(found[0].slice(1, -1)) }, found[0].length];
  } catch {
    throw new ExpressionError('has a text with an escape that JSON does not know', at);
  }
}

/** As JSON has it, but line breaks and tabs may stand for themselves. */
function unescapeDoubleQuoted(body: string): string {
  const text = body.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return JSON.parse(`"${text}"`) as string;
}

function numberNameOrMark(text: string, at: number): [Token, number] {
  const number = match(NUMBER, text, at)?.[0];
  if (number !== undefined) {
    const value = Number(number);
    if (!Number.isFinite(value)) throw new ExpressionError('has a number that is too large', at);
    return [{ kind: 'literal', at, value }, number.length];
  }
  const name = match(NAME, text, at)?.[0];
  if (name !== undefined) return [{ kind: 'name', at, text: name }, name.length];
  const mark = match(MARK, text, at)?.[0];
  if (mark !== undefined) return [{ kind: 'mark', at, text: mark }, mark.length];
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new ExpressionError(`has an unexpected ${JSON.stringify(character)}`, at);
}
