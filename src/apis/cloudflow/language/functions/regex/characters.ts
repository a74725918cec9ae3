import { PatternError } from './pattern.ts';

export interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

type Fits = (character: string) => boolean;

const CONTROLS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const CLASSES: Readonly<Record<string, RegExp>> = { d: /[0-9]/, s: /[\t\n\f\r ]/, w: /[0-9A-Za-z_]/ };
const POSIX: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class is defined so
  ascii: /[\x00-\x7f]/,
  blank: /[\t ]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};
const HEXADECIMAL = /\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/y;
const PROPERTY = /\\([pP])(?:([A-Z])|\{(\^?)(\w+)\})/y;
const POSIX_CLASS = /\[:(\^?)([a-z]+):\]/y;

/** Reads what stands for one character: itself, `.`, an escape or a class in brackets. */
export class Characters {
  /** Where reading has come to. */
  end: number;
  readonly #text: string;
  readonly #flags: Flags;

  constructor(text: string, at: number, flags: Flags) {
    this.#text = text;
    this.end = at;
    this.#flags = flags;
  }

  read(): Fits {
    if (this.#take('.')) return this.#flags.dotAll ? () => true : (character) => character !== '\n';
    if (this.#take('[')) return this.#brackets();
    const set = this.#set();
    return set ?? this.#anyCase(this.#range(this.#single()));
  }

  #brackets(): Fits {
    const isNot = this.#take('^');
    const parts: Fits[] = [];
    // A ] that comes first stands for itself.
    do parts.push(this.#bracketPart());
    while (!this.#take(']'));
    const fits = this.#anyCase((character) => parts.some((part) => part(character)));
    return isNot ? (character) => !fits(character) : fits;
  }

  #bracketPart(): Fits {
    const posix = this.#match(POSIX_CLASS);
    if (posix !== null) return posixClass(posix);
    const set = this.#set();
    if (set !== undefined) return set;
    const first = this.#single();
    const isRange = this.#text[this.end] === '-' && this.#text[this.end + 1] !== ']';
    if (!isRange) return this.#range(first);
    this.end++;
    return this.#range(first, this.#single());
  }

  #range(first: number, last = first): Fits {
    if (last < first) throw new PatternError('a range of characters ends before it begins');
    return (character) => {
      const code = character.codePointAt(0) ?? -1;
      return code >= first && code <= last;
    };
  }

  #anyCase(fits: Fits): Fits {
    if (!this.#flags.ignoreCase) return fits;
    return (character) => fits(character) || fits(character.toLowerCase()) || fits(character.toUpperCase());
  }

  /** `\d`, `\pL` and the like. */
  #set(): Fits | undefined {
    const property = this.#match(PROPERTY);
    if (property !== null) return unicodeProperty(property);
    const letter = this.#text[this.end] === '\\' ? this.#text[this.end + 1] : undefined;
    if (letter === undefined) return undefined;
    const set = CLASSES[letter.toLowerCase()];
    if (set === undefined) return undefined;
    this.end += 2;
    const isNot = letter !== letter.toLowerCase();
    return (character) => set.test(character) !== isNot;
  }

  /** The code point of one character. */
  #single(): number {
    const hexadecimal = this.#match(HEXADECIMAL);
    if (hexadecimal !== null) return Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '', 16);
    if (this.#take('\\')) return this.#escaped();
    return this.#next();
  }

  #escaped(): number {
    const code = this.#next();
    const letter = String.fromCodePoint(code);
    const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined;
    if (control !== undefined) return control.charCodeAt(0);
    if (/[\p{L}\p{N}]/u.test(letter)) throw new PatternError(`the escape \\${letter} is not known`);
    return code;
  }

  #next(): number {
    const code = this.#text.codePointAt(this.end);
    if (code === undefined) throw new PatternError('it ends too early');
    this.end += code > 0xffff ? 2 : 1;
    return code;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.end;
    const found = pattern.exec(this.#text);
    if (found !== null) this.end += found[0].length;
    return found;
  }

  #take(character: string): boolean {
    const isThere = this.#text[this.end] === character;
    if (isThere) this.end++;
    return isThere;
  }
}

function posixClass([whole, not, name = '']: RegExpExecArray): Fits {
  const set = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  if (set === undefined) throw new PatternError(`the class ${whole} is not known`);
  return (character) => set.test(character) !== (not === '^');
}

/** A general category such as `L` or `Lu`, or a script such as `Han`. */
function unicodeProperty([whole, letter, short, not, long]: RegExpExecArray): Fits {
  const name = short ?? long ?? '';
  const set = propertySet(name) ?? propertySet(`Script=${name}`);
  if (set === undefined) throw new PatternError(`the class ${whole} is not known`);
  const isNot = (letter === 'P') !== (not === '^');
  return (character) => set.test(character) !== isNot;
}

function propertySet(property: string): RegExp | undefined {
  try {
    return new RegExp(`\\p{${property}}`, 'u');
  } catch {
    return undefined;
  }
}
