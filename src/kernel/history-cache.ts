/** The newest events of one execution as JSON texts, kept for polls that follow closely. */
export interface HistoryTail {
  /** Id of the first text; events before it are in the store only. */
  from: number;
  texts: string[];
  characters: number;
}

/** Bounds what all tails together take; the one that has gone longest without growing is emptied first. */
export class HistoryCache {
  readonly #most: number;
  readonly #tails = new Set<HistoryTail>();
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#most = mostCharacters;
  }

  /** From Infinity on: never holds anything. */
  newTail(nextEvent: number): HistoryTail {
    return { from: nextEvent, texts: [], characters: 0 };
  }

  grow(tail: HistoryTail, texts: readonly string[]): void {
    let added = 0;
    for (const text of texts) {
      tail.texts.push(text);
      added += text.length;
    }
    tail.characters += added;
    this.#characters += added;
    this.#tails.delete(tail);
    this.#tails.add(tail);
    if (this.#characters > this.#most) this.#shrink();
  }

  drop(tail: HistoryTail): void {
    this.#tails.delete(tail);
    this.#characters -= tail.characters;
    tail.from += tail.texts.length;
    tail.texts = [];
    tail.characters = 0;
  }

  #shrink(): void {
    for (const tail of this.#tails) {
      if (this.#characters <= this.#most) return;
      this.drop(tail);
    }
  }
}
