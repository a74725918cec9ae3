import { append, createList, type Linked, remove } from '../lib/linked-list.ts';

/** The newest events of one execution as JSON texts, kept for polls that follow closely. */
export interface HistoryTail extends Linked {
  /** Id of the first text; events before it are in the store only. */
  from: number;
  texts: string[];
  characters: number;
  /** True while it is among those that the cache counts. */
  isCounted: boolean;
}

/** Bounds what all tails together take; the one that has gone longest without growing is emptied first. */
export class HistoryCache {
  readonly #most: number;
  readonly #tails = createList<HistoryTail>();
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#most = mostCharacters;
  }

  /** From Infinity on: never holds anything. */
  newTail(nextEvent: number): HistoryTail {
    return {
      from: nextEvent,
      texts: [],
      characters: 0,
      isCounted: false,
      previous: undefined,
      next: undefined,
    };
  }

  grow(tail: HistoryTail, texts: readonly string[]): void {
    let added = 0;
    for (const text of texts) {
      tail.texts.push(text);
      added += text.length;
    }
    tail.characters += added;
    this.#characters += added;
    if (tail.isCounted) remove(this.#tails, tail);
    append(this.#tails, tail);
    tail.isCounted = true;
    while (this.#characters > this.#most && this.#tails.first !== undefined) this.drop(this.#tails.first);
  }

  drop(tail: HistoryTail): void {
    if (tail.isCounted) remove(this.#tails, tail);
    tail.isCounted = false;
    this.#characters -= tail.characters;
    tail.from += tail.texts.length;
    tail.texts = [];
    tail.characters = 0;
  }
}
