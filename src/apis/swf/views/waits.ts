import { durationText } from '../../../lib/duration.ts';
import type { Waiting } from '../../api.ts';
import { activityTimeout } from '../machine/deadlines.ts';
import { queueName } from '../machine/offers.ts';
import type { Activity, DecisionTask, SwfState } from '../machine/state.ts';

/** Something an execution waits for; times in epoch milliseconds. */
export interface Wait {
  readonly kind: Waiting['kind'];
  readonly name: string | null;
  readonly since?: number;
  readonly due: number | null;
  /** The event that tells who has it and since when. */
  readonly startedEventId?: number;
  readonly text: (start: Start | undefined) => string;
}

/** What the history knows of a task's start. */
export interface Start {
  readonly at: number;
  readonly identity: string | undefined;
}

export interface Present {
  readonly now: number;
  /** Polls that wait on a queue. */
  readonly pollers: (queue: string) => number;
}

/** Everything an open execution waits for, in the order in which an operator would ask. */
export function waitsOf(state: SwfState, present: Present): readonly Wait[] {
  if (state.close !== null) return [];
  const waits = [
    ...(state.decision === null ? [] : [decisionWait(state, state.decision, present)]),
    ...Object.values(state.activities).map((activity) => activityWait(state, activity, present)),
    ...lambdaWaits(state, present),
    ...timerWaits(state, present),
    ...childWaits(state),
  ];
  return waits.length > 0 ? waits : [messageWait(state)];
}

function decisionWait({ scope }: SwfState, task: DecisionTask, present: Present): Wait {
  const { taskList, scheduledAt, startedEventId, due } = task;
  const end = due === null ? '' : `, times out ${dueText(due, present)}`;
  if (startedEventId !== 0) {
    const text = (start: Start | undefined): string =>
      `decision task with decider${holder(start, present)}${end}`;
    return { kind: 'worker', name: taskList, due, startedEventId, text };
  }
  const waited = durationText(present.now - scheduledAt);
  const text =
    present.pollers(queueName(scope, 'decision', taskList)) === 0
      ? `no poller on decision task list ${taskList} for ${waited}${end}`
      : `decision task waits on task list ${taskList} for ${waited}${end}`;
  return { kind: 'poller', name: taskList, since: scheduledAt, due, text: () => text };
}

function activityWait({ scope }: SwfState, activity: Activity, present: Present): Wait {
  const { activityId, type, taskList, scheduledAt, startedEventId, due, cancelEventId } = activity;
  const subject = `activity ${activityId} (type ${type.name}/${type.version})`;
  const cancel = cancelEventId === 0 ? '' : ', cancel requested';
  const end =
    due === null ? 'no time limit' : `${timeoutName(activityTimeout(activity))} due ${dueText(due, present)}`;
  if (startedEventId !== 0) {
    const text = (start: Start | undefined): string =>
      `${subject} with worker${holder(start, present)}: ${end}${cancel}`;
    return { kind: 'worker', name: activityId, due, startedEventId, text };
  }
  const waited = durationText(present.now - scheduledAt);
  const hasPoller = present.pollers(queueName(scope, 'activity', taskList)) > 0;
  const queue = `waits on task list ${taskList}${hasPoller ? '' : ': no poller'} for ${waited}`;
  const text = `${subject} ${queue}${due === null ? '' : `, ${end}`}${cancel}`;
  return { kind: 'poller', name: taskList, since: scheduledAt, due, text: () => text };
}

function lambdaWaits({ lambdas }: SwfState, present: Present): Wait[] {
  return Object.values(lambdas).map(({ id, name, startedEventId, due }) => {
    const text = (start: Start | undefined): string =>
      `lambda ${name} running${holder(start, present)}, times out ${dueText(due, present)}`;
    return { kind: 'function', name: id, due, startedEventId, text };
  });
}

function timerWaits({ timers }: SwfState, present: Present): Wait[] {
  return Object.entries(timers)
    .sort(([, a], [, b]) => a.due - b.due)
    .map(([key, { due }]) => {
      const id = key.slice(1);
      const text = `timer ${id} fires at ${new Date(due).toISOString()}, ${dueText(due, present)}`;
      return { kind: 'timer', name: id, due, text: () => text };
    });
}

function childWaits({ children }: SwfState): Wait[] {
  return Object.values(children).map(({ workflowId, startedEventId }) => {
    const text = `child ${workflowId} ${startedEventId === 0 ? 'being started' : 'running'}`;
    return { kind: 'child', name: workflowId, due: null, text: () => text };
  });
}

function messageWait({ due }: SwfState): Wait {
  const end = due === null ? '' : ` or its timeout at ${new Date(due).toISOString()}`;
  return { kind: 'message', name: null, due, text: () => `nothing: waits for a signal${end}` };
}

function holder(start: Start | undefined, { now }: Present): string {
  if (start === undefined) return '';
  const { at, identity } = start;
  return `${identity === undefined ? '' : ` ${identity}`} since ${durationText(now - at)}`;
}

function dueText(due: number, { now }: Present): string {
  return due >= now ? `in ${durationText(due - now)}` : `since ${durationText(now - due)}`;
}

/** SCHEDULE_TO_START as `schedule-to-start`. */
function timeoutName(type: string): string {
  return type.toLowerCase().replaceAll('_', '-');
}
