import { durationText } from '../../../lib/duration.ts';
import type { Waiting } from '../../api.ts';
import { dueOf, planOfCurrent } from '../machine/current.ts';
import type { CurrentStep, State } from '../machine/state.ts';
import { timeText } from './times.ts';

/** What a running execution waits for. */
export function tellWaits(state: State, now: number): readonly Waiting[] {
  const { current, endedAt } = state;
  if (current === null || endedAt !== null) return [];
  const plan = planOfCurrent(state, current);
  if (plan.type === 'CUSTOM') return [tellCall(state, { current, target: plan.details.Target ?? '', now })];
  const since = timeText(current.startedAt);
  return [{ text: `${stepText(current)} is at work`, kind: 'worker', name: plan.type, since, due: null }];
}

function tellCall(
  state: State,
  { current, target, now }: { readonly current: CurrentStep; readonly target: string; readonly now: number },
): Waiting {
  const due = dueOf(state);
  const step = stepText(current);
  if (due === undefined || current.begunAt === null) {
    const since = timeText(current.startedAt);
    return {
      text: `${step}: function ${target} is to be called`,
      kind: 'function',
      name: target,
      since,
      due: null,
    };
  }
  const end = due >= now ? `in ${durationText(due - now)}` : `since ${durationText(now - due)}`;
  return {
    text: `${step}: waits for the callback of function ${target}, times out at ${timeText(due)}, ${end}`,
    kind: 'function',
    name: target,
    since: timeText(current.begunAt),
    due: timeText(due),
  };
}

const stepText = ({ number, type, name }: CurrentStep): string =>
  `step ${number} ${type}${name ? ` ${name}` : ''}`;
