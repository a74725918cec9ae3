import { Characters, type Flags } from './characters.ts';
import { type Pattern, PatternError, type Place } from './pattern.ts';

const DEEPEST = 50;
const MOST_REPEATS = 1_000;
const COUNT = /\{(\d{1,5})(?:(,)(\d{1,5})?)?\}/y;
const GROUP = /\(\?(?:P?<[A-Za-z_]\w*>|([ims-]*)(:|\)))/y;
const PLACES: Readonly<Record<string, Place>> = {
  '\\A': 'text-start',
  '\\z': 'text-end',
  '\\b': 'word-edge',
  '\\B': 'no-word-edge',
};

/** Reads a pattern in the syntax of RE2, which has nothing that needs more than linear time. Throws `PatternError`. */
export function parsePattern(text: string): Pattern {
  return new PatternParser(text).whole();
}

class PatternParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #flags: Flags = { ignoreCase: false, dotAll: false, multiline: false };

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#text.length) throw new PatternError('a ) has no (');
    return pattern;
  }

  #choice(): Pattern {
    const flags = this.#flags;
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    this.#flags = flags;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#text.length && !this.#sees('|') && !this.#sees(')')) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(part: Pattern): Pattern {
    const count = this.#count();
    if (count === undefined) return part;
    // Whether it takes few or many does not matter to whether there is a match.
    this.#take('?');
    if (this.#count() !== undefined) throw new PatternError('a repetition is repeated');
    return { kind: 'repeat', part, ...count };
  }

  #count(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity };
    if (this.#take('+')) return { least: 1, most: Infinity };
    if (this.#take('?')) return { least: 0, most: 1 };
    const found = this.#match(COUNT);
    if (found === null) return undefined;
    const [, first, comma, last] = found;
    const least = Number(first);
    const open = comma === undefined ? least : Infinity;
    const most = last === undefined ? open : Number(last);
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS) || most < least) {
      throw new PatternError(`the repetition ${found[0]} is not possible`);
    }
    return { least, most };
  }

  #atom(): Pattern {
    if (this.#sees('(')) return this.#group();
    const place = this.#place();
    if (place !== undefined) return { kind: 'place', place };
    if (this.#sees('*') || this.#sees('+') || this.#sees('?')) {
      throw new PatternError('a repetition has nothing before it');
    }
    const characters = new Characters(this.#text, this.#at, this.#flags);
    const fits = characters.read();
    this.#at = characters.end;
    return { kind: 'character', fits };
  }

  #place(): Place | undefined {
    if (this.#take('^')) return this.#flags.multiline ? 'line-start' : 'text-start';
    if (this.#take('$')) return this.#flags.multiline ? 'line-end' : 'text-end';
    const escaped = this.#text.slice(this.#at, this.#at + 2);
    const place = Object.hasOwn(PLACES, escaped) ? PLACES[escaped] : undefined;
    if (place !== undefined) this.#at += 2;
    return place;
  }

  #group(): Pattern {
    if (this.#depth === DEEPEST)
      throw new PatternError(`there are more than ${DEEPEST} groups in each other`);
    const opening = this.#match(GROUP);
    if (opening === null) {
      if (this.#text.startsWith('(?', this.#at))
        throw new PatternError('a group (? is of a kind that is not known');
      this.#at++;
    }
    const [, flags, end] = opening ?? [];
    const outside = this.#flags;
    if (flags !== undefined) this.#setFlags(flags);
    // Flags alone hold until the group around them ends.
    if (end === ')') return { kind: 'sequence', parts: [] };
    this.#depth++;
    const inner = this.#choice();
    this.#depth--;
    if (!this.#take(')')) throw new PatternError('a ( has no )');
    this.#flags = outside;
    return inner;
  }

  #setFlags(letters: string): void {
    const [on = '', off = ''] = letters.split('-');
    const flag = (letter: string, now: boolean): boolean =>
      on.includes(letter) || (now && !off.includes(letter));
    const { ignoreCase, dotAll, multiline } = this.#flags;
    this.#flags = {
      ignoreCase: flag('i', ignoreCase),
      dotAll: flag('s', dotAll),
      multiline: flag('m', multiline),
    };
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #sees(character: string): boolean {
    return this.#text.startsWith(character, this.#at);
  }

  #take(character: string): boolean {
    const isThere = this.#sees(character);
    if (isThere) this.#at += character.length;
    return isThere;
  }
}
