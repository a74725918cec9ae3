/** The elements of a JSON array, as JSON texts, however the array's text is cut into pieces. */
export class JsonElements {
  #element = '';
  #depth = 0;
  #inString = false;
  #afterBackslash = false;
  /** before: the array has not begun · within: it has · after: it is over. */
  #place: 'before' | 'within' | 'after' = 'before';
  #count = 0;

  /** Characters of the element that is not complete yet. */
  get pending(): number {
    return this.#element.length;
  }

  *add(text: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (this.#inString) this.#string(character);
      else if (this.#place !== 'within') from = this.#outside(character, at);
      else if (this.#depth === 0 && (character === COMMA || character === CLOSE)) {
        yield* this.#end(text.slice(from, at), character);
        from = at + 1;
      } else this.#structure(character);
    }
    if (this.#place === 'within') this.#element += text.slice(from);
  }

  end(): void {
    if (this.#place !== 'after') throw new SyntaxError('the array has no end');
  }

  #string(character: number): void {
    if (this.#afterBackslash) this.#afterBackslash = false;
    else if (character === BACKSLASH) this.#afterBackslash = true;
    else if (character === STRING) this.#inString = false;
  }

  #outside(character: number, at: number): number {
    if (SPACES.includes(character)) return at + 1;
    if (this.#place === 'after') throw new SyntaxError('there is something after the array');
    if (character !== OPEN) throw new SyntaxError('it is no array');
    this.#place = 'within';
    return at + 1;
  }

  #structure(character: number): void {
    if (character === STRING) this.#inString = true;
    else if (character === OPEN || character === OPEN_OBJECT) this.#depth++;
    else if (character === CLOSE || character === CLOSE_OBJECT) this.#depth--;
  }

  *#end(rest: string, character: number): Generator<string> {
    const text = this.#element + rest;
    this.#element = '';
    if (character === CLOSE) this.#place = 'after';
    // An empty array has no element; anything else that is empty is for the reader of the element to refuse.
    if (character === CLOSE && this.#count === 0 && text.trim() === '') return;
    this.#count++;
    yield text;
  }
}

const [OPEN, CLOSE, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [COMMA, STRING, BACKSLASH] = [0x2c, 0x22, 0x5c];
const SPACES = [0x20, 0x09, 0x0a, 0x0d];
