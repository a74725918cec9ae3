import assert from 'node:assert/strict';
import type {
  CompleteDecisionTask,
  Start,
  StartedActivityTask,
  StartedDecisionTask,
  SwfCommand,
} from '../../../../src/apis/swf/machine/commands.ts';
import type { Decision } from '../../../../src/apis/swf/machine/decisions.ts';
import { type HistoryEvent, type SwfEvent, timeOf } from '../../../../src/apis/swf/machine/events.ts';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { scheduledEventOf } from '../../../../src/apis/swf/machine/offers.ts';
import type { SwfState } from '../../../../src/apis/swf/machine/state.ts';
import { type TypeLookups, typeKey } from '../../../../src/apis/swf/machine/types.ts';
import { type Run, World } from '../../../support/turn.ts';
import { lines } from './notation.ts';

export type SwfRun = Run<SwfState, SwfEvent>;

export const workflowType = { name: 'Order', version: '1' };
export const activityType = { name: 'Pack', version: '1' };

/** Both types registered with every default. */
export const types: TypeLookups = {
  activity: {
    [typeKey(activityType)]: {
      status: 'REGISTERED',
      defaultTaskList: { name: 'packers' },
      defaultTaskScheduleToStartTimeout: '60',
      defaultTaskScheduleToCloseTimeout: '300',
      defaultTaskStartToCloseTimeout: '120',
      defaultTaskHeartbeatTimeout: 'NONE',
    },
    [typeKey({ name: 'Bare', version: '1' })]: { status: 'REGISTERED' },
    [typeKey({ name: 'Old', version: '1' })]: { status: 'DEPRECATED' },
  },
  workflow: {
    [typeKey(workflowType)]: {
      status: 'REGISTERED',
      defaultTaskList: { name: 'deciders' },
      defaultExecutionStartToCloseTimeout: '3600',
      defaultTaskStartToCloseTimeout: '10',
      defaultChildPolicy: 'TERMINATE',
    },
    [typeKey({ name: 'Bare', version: '1' })]: { status: 'REGISTERED' },
    [typeKey({ name: 'Old', version: '1' })]: { status: 'DEPRECATED' },
  },
  openExecutionsQuota: 100,
};

const configuration: Omit<Start, 'type'> = {
  workflowType,
  taskList: { name: 'deciders' },
  executionStartToCloseTimeout: '3600',
  taskStartToCloseTimeout: '10',
  childPolicy: 'TERMINATE',
  retentionDays: 2,
};

/** What every run of the reference's tables begins with. */
export const beginning = '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3)';

/** Deciders and workers for one domain. */
export class SwfWorld extends World<SwfState, SwfEvent, SwfCommand> {
  constructor() {
    super(swfMachine, (state) => state.close !== null);
  }

  start(overrides: Partial<Start> = {}, workflowId = 'W'): SwfRun {
    return this.begin(workflowId, { ...configuration, ...overrides, type: 'start' });
  }

  /** The open run, or else the latest, of a workflow id. */
  find(workflowId: string): SwfRun {
    const runs = this.runs.filter(({ identity }) => identity.name === workflowId);
    const run = runs.find(({ state }) => state.close === null) ?? runs.at(-1);
    assert.ok(run, `a run of ${workflowId}`);
    return run;
  }

  /** A decider polls: the decision task on offer is started. */
  poll(run: SwfRun): StartedDecisionTask {
    const offer = [...swfMachine.offers(run.state)].find(({ key }) => key.startsWith('d'));
    assert.ok(offer, 'a decision task can be polled');
    const command = { type: 'start-decision-task', scheduledEventId: scheduledEventOf(offer.key) } as const;
    return this.apply(run, command) as StartedDecisionTask;
  }

  /** The decider answers the task that is started, and nothing happens after it yet. */
  respond(run: SwfRun, decisions: readonly Decision[], more: Partial<CompleteDecisionTask> = {}): void {
    const task = run.state.decision;
    assert.ok(task !== null && task.startedEventId !== 0, 'a decision task is started');
    const { scheduledEventId, startedEventId } = task;
    this.apply(run, {
      type: 'complete-decision-task',
      scheduledEventId,
      startedEventId,
      decisions,
      types,
      ...more,
    });
  }

  /** The decider polls and answers; then everything that follows at once happens. */
  decide(run: SwfRun, ...decisions: readonly Decision[]): void {
    if (run.state.decision?.startedEventId === 0) this.poll(run);
    this.respond(run, decisions);
    this.settle();
  }

  /** A worker polls: the activity is started. */
  work(run: SwfRun, activityId: string): StartedActivityTask {
    const offered = [...swfMachine.offers(run.state)].map(({ key }) => key);
    const key = `a${run.state.activityIds[`:${activityId}`]}`;
    assert.ok(offered.includes(key), `${activityId} can be polled`);
    const command = { type: 'start-activity-task', scheduledEventId: scheduledEventOf(key) } as const;
    return this.apply(run, command) as StartedActivityTask;
  }

  /** The worker has finished the activity. */
  complete(run: SwfRun, { scheduledEventId, startedEventId }: StartedActivityTask, result?: string): void {
    this.apply(run, { type: 'complete-activity-task', scheduledEventId, startedEventId, result });
  }

  signal(run: SwfRun, signalName = 'go'): void {
    this.apply(run, { type: 'signal', signalName });
  }

  /** The history as the reference writes it; checks what holds of every history. */
  history(run: SwfRun): string {
    const events = historyOf(run);
    events.forEach((event, index) => {
      assert.equal(event.eventId, index + 1, 'ids have no gaps');
      const before = events[index - 1];
      if (before) assert.ok(timeOf(before) <= timeOf(event), 'time never goes backwards');
    });
    return lines(events);
  }
}

export function historyOf(run: SwfRun): HistoryEvent[] {
  return run.events as HistoryEvent[];
}

/** Name of an event's attributes member aside: the attributes of event `id`. */
export function attributesOf(run: SwfRun, id: number): unknown {
  const event = historyOf(run)[id - 1];
  assert.ok(event, `event ${id}`);
  const [, attributes] = Object.entries(event).find(([key]) => key.endsWith('EventAttributes')) ?? [];
  return attributes;
}
