import { timeOf } from '../events.ts';
import { idKey, type SwfState } from '../state.ts';
import { durationMs } from '../values.ts';
import { type Evolvers, unchanged } from './evolver.ts';

function closed(state: SwfState, { scheduledEventId }: { readonly scheduledEventId: number }): void {
  const lambda = state.lambdas[scheduledEventId];
  if (lambda === undefined) return;
  delete state.lambdas[scheduledEventId];
  delete state.lambdaIds[idKey(lambda.id)];
  state.open.lambdas -= 1;
}

export const lambdaEvolvers = {
  LambdaFunctionScheduled: (state, { id, name, input, startToCloseTimeout }, event) => {
    state.lambdas[event.eventId] = {
      id,
      name,
      input: input ?? null,
      startToClose: durationMs(startToCloseTimeout) ?? 0,
      startedEventId: 0,
      due: timeOf(event),
    };
    state.lambdaIds[idKey(id)] = event.eventId;
    state.open.lambdas += 1;
  },
  LambdaFunctionStarted: (state, { scheduledEventId }, event) => {
    const lambda = state.lambdas[scheduledEventId];
    if (lambda === undefined) return;
    lambda.startedEventId = event.eventId;
    lambda.due = timeOf(event) + lambda.startToClose;
  },
  LambdaFunctionCompleted: closed,
  LambdaFunctionFailed: closed,
  LambdaFunctionTimedOut: closed,
  ScheduleLambdaFunctionFailed: unchanged,
  StartLambdaFunctionFailed: closed,
} satisfies Partial<Evolvers>;
