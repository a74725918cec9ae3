import { durationText } from '../../../lib/duration.ts';
import type { Waiting } from '../../api.ts';
import type { ActiveStep, State } from '../machine/state.ts';
import { timeText } from './times.ts';

/** What is told of an execution with thousands of steps that wait. */
const MOST_TOLD = 100;

/** Everything an open execution waits for: the steps that are due first, then in the order of their history. */
export function waitsOf({ steps }: Pick<State, 'steps'>, now: number): readonly Waiting[] {
  return Object.values(steps)
    .filter(({ phase, nest }) => phase !== 'nested' || nest?.kind === 'executions')
    .sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity) || a.last - b.last)
    .slice(0, MOST_TOLD)
    .map((step) => waitOf(step, now));
}

function waitOf(step: ActiveStep, now: number): Waiting {
  const { due } = step;
  const [kind, name, text] = subjectOf(step);
  const end = due === null ? '' : `${verbOf(step)} ${timeText(due)}, ${dueText(due, now)}`;
  return { text: `${text}${end}`, kind, name, since: null, due: due === null ? null : timeText(due) };
}

function subjectOf({
  name,
  phase,
  task,
  nest,
  attempts,
}: ActiveStep): readonly [Waiting['kind'], string, string] {
  if (nest?.kind === 'executions') {
    return ['child', nest.mapRun ?? name, `step ${name}: map run with ${nest.running} executions open`];
  }
  if (phase === 'waiting') return ['timer', name, `step ${name} waits`];
  if (phase === 'pausing') return ['timer', name, `step ${name} pauses after attempt ${attempts}`];
  if (task?.child !== undefined) {
    const { flowName, executionName } = task.child;
    return ['child', executionName, `step ${name}: execution ${executionName} of flow ${flowName}`];
  }
  if (task === undefined) return ['message', name, `step ${name} is about to go on`];
  if (phase === 'awaiting') return ['message', name, `step ${name}: callback of ${task.target}`];
  return ['function', name, `step ${name}: ${task.target} (attempt ${attempts})`];
}

function verbOf({ phase }: ActiveStep): string {
  if (phase === 'waiting') return ' until';
  return phase === 'pausing' ? ' until' : ', times out at';
}

const dueText = (due: number, now: number): string =>
  due >= now ? `in ${durationText(due - now)}` : `since ${durationText(now - due)}`;
