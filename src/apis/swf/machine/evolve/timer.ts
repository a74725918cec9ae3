import { timeOf } from '../events.ts';
import { idKey, type SwfState } from '../state.ts';
import { durationMs } from '../values.ts';
import { type Evolvers, unchanged } from './evolver.ts';

function closed(state: SwfState, { timerId }: { readonly timerId: string }): void {
  delete state.timers[idKey(timerId)];
  state.open.timers -= 1;
}

export const timerEvolvers = {
  TimerStarted: (state, { timerId, startToFireTimeout }, event) => {
    const due = timeOf(event) + (durationMs(startToFireTimeout) ?? 0);
    state.timers[idKey(timerId)] = { startedEventId: event.eventId, due };
    state.open.timers += 1;
  },
  TimerFired: closed,
  TimerCanceled: closed,
  StartTimerFailed: unchanged,
  CancelTimerFailed: unchanged,
} satisfies Partial<Evolvers>;
