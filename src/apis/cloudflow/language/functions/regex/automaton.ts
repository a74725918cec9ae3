import { type Pattern, PatternError, type Place } from './pattern.ts';

/** One state of the automaton; numbers are places in its list. */
export type State =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'place'; readonly place: Place; readonly next: number }
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'end' };

export interface Automaton {
  readonly states: readonly State[];
  readonly start: number;
}

const MOST_STATES = 5_000;

/** Thompson's construction, built from the end: each part is told where its match goes on. */
export function automatonOf(pattern: Pattern): Automaton {
  const builder = new Builder();
  const end = builder.add({ kind: 'end' });
  const start = builder.build(pattern, end);
  return { states: builder.states, start };
}

class Builder {
  readonly states: State[] = [];

  add(state: State): number {
    if (this.states.length === MOST_STATES) throw new PatternError('it is too large');
    return this.states.push(state) - 1;
  }

  build(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case 'character':
        return this.add({ kind: 'character', fits: pattern.fits, next });
      case 'place':
        return this.add({ kind: 'place', place: pattern.place, next });
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.build(part, after), next);
      case 'choice':
        return this.add({ kind: 'fork', to: pattern.parts.map((part) => this.build(part, next)) });
      case 'repeat':
        return this.#repeat(pattern, next);
    }
  }

  #repeat({ part, least, most }: Pattern & { kind: 'repeat' }, next: number): number {
    let start = most === Infinity ? this.#loop(part, next) : next;
    for (let optional = least; most !== Infinity && optional < most; optional++) {
      start = this.add({ kind: 'fork', to: [this.build(part, start), next] });
    }
    for (let required = 0; required < least; required++) start = this.build(part, start);
    return start;
  }

  #loop(part: Pattern, next: number): number {
    const fork = this.add({ kind: 'end' });
    this.states[fork] = { kind: 'fork', to: [this.build(part, fork), next] };
    return fork;
  }
}
