import type { State } from '../state.ts';

/**
 * A binary heap of the steps that something is due for, earliest first, the older step on a tie. Each step knows its
 * place, so that one which ends early leaves at once.
 */
export function setDue(state: State, id: number, due: number | null): void {
  const step = state.steps[id];
  if (step === undefined) return;
  if (step.timer >= 0) remove(state, step.timer);
  step.due = due;
  if (due === null) return;
  state.timers.push(id);
  rise(state, state.timers.length - 1);
}

function remove({ timers, steps }: State, place: number): void {
  const removed = steps[timers[place] as number];
  if (removed !== undefined) removed.timer = -1;
  const last = timers.pop() as number;
  if (place === timers.length) return;
  timers[place] = last;
  rise({ timers, steps }, place);
  sink({ timers, steps }, steps[last]?.timer ?? place);
}

type Heap = Pick<State, 'timers' | 'steps'>;

function rise(heap: Heap, from: number): void {
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(heap, place, parent)) break;
    swap(heap, place, parent);
    place = parent;
  }
  settle(heap, place);
}

function sink(heap: Heap, from: number): void {
  let place = from;
  for (;;) {
    const left = 2 * place + 1;
    const right = left + 1;
    let first = place;
    if (left < heap.timers.length && isBefore(heap, left, first)) first = left;
    if (right < heap.timers.length && isBefore(heap, right, first)) first = right;
    if (first === place) break;
    swap(heap, place, first);
    place = first;
  }
  settle(heap, place);
}

function isBefore({ timers, steps }: Heap, a: number, b: number): boolean {
  const first = timers[a] as number;
  const second = timers[b] as number;
  const difference = (steps[first]?.due ?? 0) - (steps[second]?.due ?? 0);
  return difference < 0 || (difference === 0 && first < second);
}

function swap(heap: Heap, a: number, b: number): void {
  const { timers } = heap;
  const moved = timers[a] as number;
  timers[a] = timers[b] as number;
  timers[b] = moved;
  settle(heap, a);
  settle(heap, b);
}

function settle({ timers, steps }: Heap, place: number): void {
  const step = steps[timers[place] as number];
  if (step !== undefined) step.timer = place;
}
