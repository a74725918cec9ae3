import type { EventAttributes, EventType, HistoryEvent } from '../events.ts';
import type { SwfState } from '../state.ts';

/** How events of each type change the state, in place. */
export type Evolvers = {
  readonly [T in EventType]: (state: SwfState, attributes: EventAttributes[T], event: HistoryEvent) => void;
};

/** For events that only the history shows. */
export function unchanged(): void {}
