import { durationText } from '../../../lib/duration.ts';
import type { Waiting } from '../../api.ts';
import type { State } from '../machine/state.ts';
import { type StepWait, type WaitReason, waitsOf } from '../machine/waiting.ts';
import { timeText } from './times.ts';

/** What is told of an execution with thousands of steps that wait. */
const MOST_TOLD = 100;

/** Everything an open execution waits for, what is due first before the rest. */
export function tellWaits(state: State, now: number): readonly Waiting[] {
  return [...waitsOf(state)]
    .sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity) || a.eventId - b.eventId)
    .slice(0, MOST_TOLD)
    .map((wait) => tell(wait, now, state.windingDown));
}

function tell({ step, on, due }: StepWait, now: number, windingDown: State['windingDown']): Waiting {
  const { kind, name, text } = subjectOf(step, on);
  const end = due === undefined ? '' : `${endOf(on)} ${timeText(due)}, ${dueText(due, now)}`;
  // No step begins after it.
  const last = windingDown === undefined ? '' : `; then the execution ends: ${windingDown.cause}`;
  return {
    text: `step ${step}: ${text}${end}${last}`,
    kind,
    name,
    since: null,
    due: due === undefined ? null : timeText(due),
  };
}

function subjectOf(step: string, on: WaitReason): Pick<Waiting, 'kind' | 'name' | 'text'> {
  switch (on.for) {
    case 'timer':
      return { kind: 'timer', name: step, text: 'waits' };
    case 'retry':
      return { kind: 'timer', name: step, text: `pauses before attempt ${on.attempt}` };
    case 'call':
      return { kind: 'function', name: on.target, text: callText(on) };
    case 'callback':
      return { kind: 'message', name: on.target, text: `waits for the callback of ${on.target}` };
    case 'child':
      return {
        kind: 'child',
        name: on.executionName,
        text: `execution ${on.executionName} of ${on.flowName} runs`,
      };
    case 'map-run': {
      const { running, succeeded, failed, total } = on.counts;
      const text = `map run ${on.name}: ${running} items run, ${succeeded + failed} of ${total} are done`;
      return { kind: 'child', name: on.name, text };
    }
    default:
      return on satisfies never;
  }
}

function callText({ kind, target }: Extract<WaitReason, { readonly for: 'call' }>): string {
  if (kind === 'read-items') return `items are being read from ${target}`;
  if (kind === 'write-results') return `results are being written to ${target}`;
  return `${kind} ${target} is being called`;
}

const endOf = (on: WaitReason): string =>
  on.for === 'timer' || on.for === 'retry' ? ' until' : ', times out at';

const dueText = (due: number, now: number): string =>
  due >= now ? `in ${durationText(due - now)}` : `since ${durationText(now - due)}`;
