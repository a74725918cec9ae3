import { durationText } from '../../../lib/duration.ts';
import type { EventRecord, ExecutionDetails, ExecutionSnapshot } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { type InvocationEvent, invocationStateOf, isCalling } from '../invocations/machine.ts';
import type { InvocationState } from '../invocations/state.ts';
import { timeText } from './times.ts';

/** What Orrery's own API tells of a function that is called asynchronously. */
export async function describeInvocation(
  { clock }: Cloudflow,
  snapshot: ExecutionSnapshot,
): Promise<ExecutionDetails> {
  const state = invocationStateOf(snapshot);
  const { call, closed, lastFailure, pausedUntil, attempt } = state;
  const failure = closed?.isDone === false ? lastFailure : null;
  return {
    run: snapshot.identity.id,
    input: call.event,
    output: null,
    error: failure && { type: failure.error, message: failure.cause },
    progress: { done: isCalling(state) ? attempt - 1 : attempt, total: null, unit: 'attempts' },
    open: {
      decisions: 0,
      activities: isCalling(state) ? 1 : 0,
      timers: pausedUntil === null ? 0 : 1,
      children: 0,
    },
    waitingFor: waitingFor(state, clock.now()),
    parent: null,
    children: [],
  };
}

function waitingFor(
  { call, closed, pausedUntil, attempt, lastFailure }: InvocationState,
  now: number,
): ExecutionDetails['waitingFor'] {
  if (closed !== null) return [];
  const { resource: name } = call;
  if (pausedUntil === null)
    return [{ text: `function ${name} is being called`, kind: 'function', name, since: null, due: null }];
  const due = timeText(pausedUntil);
  const pause = durationText(Math.max(0, pausedUntil - now));
  const text = `pauses before attempt ${attempt + 1} until ${due}, in ${pause}, after ${lastFailure?.error}`;
  return [{ text, kind: 'timer', name, since: null, due }];
}

/** An event of its history. */
export function invocationEventRecord(text: string, id: number): EventRecord {
  const { type, time, ...attributes } = JSON.parse(text) as InvocationEvent;
  const summary = 'error' in attributes ? `error=${attributes.error}` : '';
  return { id, time: timeText(time), type, summary, attributes };
}
