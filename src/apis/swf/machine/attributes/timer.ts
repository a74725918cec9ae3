import type { Text } from '../values.ts';

export interface TimerEvents {
  TimerStarted: {
    readonly timerId: string;
    readonly control?: Text;
    readonly startToFireTimeout: string;
    readonly decisionTaskCompletedEventId: number;
  };
  TimerFired: { readonly timerId: string; readonly startedEventId: number };
  TimerCanceled: {
    readonly timerId: string;
    readonly startedEventId: number;
    readonly decisionTaskCompletedEventId: number;
  };
  StartTimerFailed: RefusedTimer;
  CancelTimerFailed: RefusedTimer;
}

interface RefusedTimer {
  readonly timerId: string;
  readonly cause: string;
  readonly decisionTaskCompletedEventId: number;
}
