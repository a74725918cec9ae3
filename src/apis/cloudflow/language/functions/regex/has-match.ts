import type { Automaton } from './automaton.ts';
import { PatternError, type Place } from './pattern.ts';

const MOST_STEPS = 5_000_000;
const WORD = /[0-9A-Za-z_]/;

/** A place in the text: its number, and the characters around it, empty at the ends. */
interface Position {
  readonly number: number;
  readonly before: string;
  readonly after: string;
}

/** Is there a match anywhere in the text? Follows all ways at once, each state once for each character. */
export function hasMatch(automaton: Automaton, text: string): boolean {
  const characters = [...text];
  const ways = new Ways(automaton);
  let reached: readonly number[] = [];
  for (let number = 0; number <= characters.length; number++) {
    const after = characters[number] ?? '';
    const position = { number, before: characters[number - 1] ?? '', after };
    const waiting = ways.follow([...reached, automaton.start], position);
    if (waiting === 'match') return true;
    reached = waiting.flatMap(({ fits, next }) => (after !== '' && fits(after) ? [next] : []));
  }
  return false;
}

interface Waiting {
  readonly fits: (character: string) => boolean;
  readonly next: number;
}

class Ways {
  readonly #states: Automaton['states'];
  /** For each state the last position at which it was reached. */
  readonly #reachedAt: Int32Array;
  #steps = 0;

  constructor({ states }: Automaton) {
    this.#states = states;
    this.#reachedAt = new Int32Array(states.length).fill(-1);
  }

  /** The states that wait for the next character, from these on without taking one. */
  follow(from: readonly number[], position: Position): readonly Waiting[] | 'match' {
    const waiting: Waiting[] = [];
    const pending = [...from];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (this.#reachedAt[number] === position.number) continue;
      this.#reachedAt[number] = position.number;
      this.#steps++;
      if (this.#steps > MOST_STEPS) throw new PatternError('it has too much to do on so long a text');
      const state = this.#states[number];
      if (state?.kind === 'end') return 'match';
      if (state?.kind === 'character') waiting.push(state);
      if (state?.kind === 'fork') pending.push(...state.to);
      if (state?.kind === 'place' && isAt(state.place, position)) pending.push(state.next);
    }
    return waiting;
  }
}

function isAt(place: Place, { before, after }: Position): boolean {
  switch (place) {
    case 'text-start':
      return before === '';
    case 'text-end':
      return after === '';
    case 'line-start':
      return before === '' || before === '\n';
    case 'line-end':
      return after === '' || after === '\n';
    case 'word-edge':
      return WORD.test(before) !== WORD.test(after);
    case 'no-word-edge':
      return WORD.test(before) === WORD.test(after);
  }
}
