import type { EffectRequest, Offer } from '../../../kernel/machine.ts';
import type { SwfState } from './state.ts';

/** Full name of a task list; `|` occurs neither in domains nor in task lists. */
export function queueName(scope: string, kind: 'decision' | 'activity', taskList: string): string {
  return `swf|${scope}|${kind}|${taskList}`;
}

const nothing: readonly never[] = [];

/** The decision task and the activity tasks that wait to be started. */
export function offers(state: SwfState): readonly Offer[] {
  const { decision, scope, open } = state;
  const waits = decision !== null && decision.startedEventId === 0;
  if (state.close !== null || (!waits && open.activities === 0)) return nothing;
  const found: Offer[] = [];
  if (waits) {
    found.push({
      key: `d${decision.scheduledEventId}`,
      queue: queueName(scope, 'decision', decision.taskList),
      priority: Number(state.configuration.taskPriority ?? 0),
      since: decision.scheduledAt,
    });
  }
  if (open.activities > 0) pushActivities(state, found);
  return found;
}

function pushActivities({ scope, activities }: SwfState, found: Offer[]): void {
  for (const id in activities) {
    const activity = activities[id];
    if (activity === undefined || activity.startedEventId !== 0 || activity.cancelEventId !== 0) continue;
    found.push({
      key: `a${id}`,
      queue: queueName(scope, 'activity', activity.taskList),
      priority: activity.priority,
      since: activity.scheduledAt,
    });
  }
}

/** The event that scheduled the task of an offer. */
export function scheduledEventOf(key: string): number {
  return Number(key.slice(1));
}

export interface LambdaInput {
  readonly functionName: string;
  readonly id: string;
  readonly input: string;
  readonly lambdaRole: string;
}

/** The functions that are running. */
export function effects(state: SwfState): readonly EffectRequest[] {
  if (state.open.lambdas === 0) return nothing;
  const found: EffectRequest[] = [];
  for (const key in state.lambdas) {
    const lambda = state.lambdas[key];
    if (lambda === undefined || lambda.startedEventId === 0) continue;
    const input: LambdaInput = {
      functionName: lambda.name,
      id: lambda.id,
      input: lambda.input ?? '{}',
      lambdaRole: state.configuration.lambdaRole ?? '',
    };
    found.push({ key: `l${key}`, kind: 'lambda', input });
  }
  return found;
}
