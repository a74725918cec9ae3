import type { Caller } from './caller.ts';

const TIMEOUTS = {
  defaultTaskStartToCloseTimeout: '60',
  defaultExecutionStartToCloseTimeout: '3600',
  defaultChildPolicy: 'TERMINATE',
};
const ACTIVITY_TIMEOUTS = {
  defaultTaskHeartbeatTimeout: '30',
  defaultTaskScheduleToStartTimeout: 'NONE',
  defaultTaskScheduleToCloseTimeout: 'NONE',
  defaultTaskStartToCloseTimeout: '120',
};

export const workflowType = { name: 'Order', version: '1.0' };
const activityType = { name: 'Ship', version: '2' };
const taskList = { name: 'orders-list' };

interface Task {
  readonly taskToken: string;
  readonly startedEventId: number;
}

/** A domain with one workflow type and one activity type, and a few steps in it. */
export interface OrderWorkflow {
  readonly domain: string;
  start(workflowId: string, more?: object): Promise<string>;
  /** Polls for a decision task. */
  pollDecision(): Promise<Task>;
  decide(task: Task, ...decisions: readonly object[]): Promise<void>;
  pollActivity(): Promise<Task>;
  terminate(workflowId: string): Promise<void>;
  /** Brings the execution whose decision task is next to its end. */
  complete(result?: string): Promise<void>;
}

export async function registerOrders(
  caller: Caller,
  domain = 'orders',
  retention = '1',
): Promise<OrderWorkflow> {
  await caller.swf('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: retention });
  await caller.swf('RegisterWorkflowType', {
    domain,
    ...workflowType,
    ...TIMEOUTS,
    defaultTaskList: taskList,
  });
  await caller.swf('RegisterActivityType', { domain, ...activityType, ...ACTIVITY_TIMEOUTS });
  const decide: OrderWorkflow['decide'] = async ({ taskToken }, ...decisions) => {
    await caller.swf('RespondDecisionTaskCompleted', { taskToken, decisions });
  };
  const pollDecision = (): Promise<Task> =>
    caller.swf<Task>('PollForDecisionTask', { domain, taskList, identity: 'decider-1' });
  return {
    domain,
    pollDecision,
    decide,
    start: async (workflowId, more = {}) => {
      const input = { domain, workflowId, workflowType, ...more };
      const { runId } = await caller.swf<{ runId: string }>('StartWorkflowExecution', input);
      return runId;
    },
    pollActivity: () =>
      caller.swf<Task>('PollForActivityTask', { domain, taskList: { name: 'boxes' }, identity: 'worker-1' }),
    terminate: async (workflowId) => {
      await caller.swf('TerminateWorkflowExecution', { domain, workflowId, reason: 'enough' });
    },
    complete: async (result = 'done') => {
      await decide(await pollDecision(), {
        decisionType: 'CompleteWorkflowExecution',
        completeWorkflowExecutionDecisionAttributes: { result },
      });
    },
  };
}

export const scheduleShip = (activityId: string): object => ({
  decisionType: 'ScheduleActivityTask',
  scheduleActivityTaskDecisionAttributes: { activityType, activityId, taskList: { name: 'boxes' } },
});

export const startTimer = (timerId: string, seconds: number): object => ({
  decisionType: 'StartTimer',
  startTimerDecisionAttributes: { timerId, startToFireTimeout: String(seconds) },
});
