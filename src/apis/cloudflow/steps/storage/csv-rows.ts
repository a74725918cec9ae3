/** Rows of text as RFC 4180 has them, however it is cut into pieces: quoted fields may hold commas, line ends and doubled quotes. */
export class CsvRows {
  #row: string[] = [];
  #field = '';
  /** plain: outside quotes · quoted: within · closing: after a quote that may be the end, or one of two. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain';
  #wasReturn = false;
  #isBegun = false;

  /** Characters of the row that is not complete yet. */
  get pending(): number {
    return this.#row.reduce((sum, field) => sum + field.length, this.#field.length);
  }

  *add(text: string): Generator<readonly string[]> {
    for (let at = 0; at < text.length; at++) {
      at = this.#takeRun(text, at);
      const character = text[at];
      if (character !== undefined && this.#take(character)) yield this.#endRow();
    }
  }

  /** The last row, which needs no line end. */
  *end(): Generator<readonly string[]> {
    if (this.#state === 'quoted') throw new CsvError('a quoted field has no end');
    if (this.#isBegun) yield this.#endRow();
  }

  /** Takes what has no meaning but itself at one go; gives where it ends. */
  #takeRun(text: string, from: number): number {
    const ends = this.#state === 'quoted' ? QUOTE : MARK;
    if (this.#state === 'closing') return from;
    ends.lastIndex = from;
    const end = ends.exec(text)?.index ?? text.length;
    if (end > from) {
      this.#field += text.slice(from, end);
      this.#isBegun = true;
      this.#wasReturn = false;
    }
    return end;
  }

  /** True at the end of a row. */
  #take(character: string): boolean {
    if (this.#state === 'quoted') {
      this.#state = 'closing';
      return false;
    }
    if (character === '"') return this.#quote();
    if (this.#state === 'closing' && !',\r\n'.includes(character)) {
      throw new CsvError('there is text after the end of a quoted field');
    }
    this.#state = 'plain';
    const isSecondOfTwo = character === '\n' && this.#wasReturn;
    this.#wasReturn = character === '\r';
    if (isSecondOfTwo) return false;
    if (character === ',') this.#endField();
    return character !== ',' && this.#isBegun;
  }

  #quote(): false {
    if (this.#state === 'closing') this.#field += '"';
    else if (this.#field !== '') throw new CsvError('there is a quote within a field');
    this.#state = 'quoted';
    this.#isBegun = true;
    this.#wasReturn = false;
    return false;
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = '';
    this.#isBegun = true;
  }

  #endRow(): readonly string[] {
    this.#endField();
    const row = this.#row;
    this.#row = [];
    this.#isBegun = false;
    return row;
  }
}

const QUOTE = /"/g;
const MARK = /[",\r\n]/g;

export class CsvError extends Error {
  override readonly name = 'CsvError';
}
