import { CST, Lexer, type LineCounter, Parser } from 'yaml';
import { DefinitionError } from './definition-error.ts';
import type { DefinitionLimits } from './definition-limits.ts';
import { mayBeTag, TAGS } from './yaml-tags.ts';

/** Ordinary definitions have about three for each value. */
const LEXEMES_PER_NODE = 4;

/**
 * Cuts a text into the package's tokens, of which one is the whole document. Most of the time goes here, so here the cost is
 * bounded: what the package would only complain of in the end, or never, ends the cutting at once.
 */
export class YamlCutter {
  readonly #lines: LineCounter;
  readonly #limits: DefinitionLimits;
  readonly #parser: Parser;
  readonly #tokens: CST.Token[] = [];
  #lexemes = 0;
  #anchors = 0;

  constructor(lines: LineCounter, limits: DefinitionLimits) {
    this.#lines = lines;
    this.#limits = limits;
    this.#parser = new Parser(lines.addNewLine);
    lines.addNewLine(0);
  }

  cut(text: string): readonly CST.Token[] {
    let before = '';
    for (const lexeme of new Lexer().lex(text)) {
      this.#checkLexeme(lexeme, before === CST.SCALAR);
      for (const token of this.#parser.next(lexeme)) this.#add(token);
      this.#checkDepth();
      before = lexeme;
    }
    for (const token of this.#parser.end()) this.#add(token);
    return this.#tokens;
  }

  #checkLexeme(lexeme: string, isScalar: boolean): void {
    this.#lexemes++;
    const { nodes, aliases } = this.#limits;
    const most = nodes * LEXEMES_PER_NODE;
    if (this.#lexemes > most)
      this.#refuse(`there are more than ${most} values, marks, comments and line breaks`);
    const type = isScalar ? 'scalar' : CST.tokenType(lexeme);
    if (type === 'tag' && !mayBeTag(lexeme)) this.#refuse(notUnderstood(lexeme));
    if (type === 'anchor') this.#anchors++;
    if (this.#anchors > aliases) this.#refuse(`there are more than ${aliases} anchors`);
  }

  #checkDepth(): void {
    // Beside the levels themselves there are the document and the scalar that is being read.
    if (this.#parser.stack.length > this.#limits.depth + 2) this.#refuse(tooDeep(this.#limits));
  }

  #add(token: CST.Token): void {
    if (token.type === 'error') this.#refuse(notYaml(token.message), token.offset);
    const isSecond = token.type === 'document' && this.#tokens.some(({ type }) => type === 'document');
    if (isSecond) this.#refuse('there is more than one YAML document', token.offset);
    this.#tokens.push(token);
  }

  #refuse(rule: string, offset = this.#parser.offset): never {
    throw new DefinitionError(rule, { line: lineAt(this.#lines, offset) });
  }
}

/** The line, from 1, of a place in the text. */
export function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(lines.linePos(offset).line, 1);
}

export function tooDeep({ depth }: DefinitionLimits): string {
  return `there are more than ${depth} levels of lists and maps`;
}

/** Other tags make objects of programs, or are resolved by a tool that sends the definition. */
export function notUnderstood(tag: string): string {
  return `the tag ${tag} is not understood; there are ${TAGS.join(', ')}`;
}

export function notYaml(message: string): string {
  return `this is not YAML: ${message}`;
}
