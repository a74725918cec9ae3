import { faultName, type SwfCaller } from './swf-client.ts';

/** Where one load runs. */
export interface LoadNames {
  readonly domain: string;
  readonly taskList: string;
}

export const activityCount = 3;
/** Events of one execution when each decision task sees one completed activity. */
export const eventsInAll = 23;

const workflowType = { name: 'place-order', version: '1' };
const activityType = { name: 'handle-order', version: '1' };
export const orderInput = JSON.stringify({
  customer: 'c-1042',
  lines: Array(6).fill({ item: 'sku-000', count: 2 }),
});
const activityInput = JSON.stringify({
  step: 'reserve',
  lines: Array(2).fill({ item: 'sku-000', count: 2 }),
});
const activityResult = JSON.stringify({
  reserved: true,
  shelf: 'A-17',
  at: Array(2).fill('2020-01-01T00:00:00Z'),
});

/** Registers the domain and both types, with every timeout set as a default, unless they are there already. */
export async function registerTypes(caller: SwfCaller, { domain, taskList }: LoadNames): Promise<void> {
  await register(caller, 'RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '7' });
  await register(caller, 'RegisterWorkflowType', {
    domain,
    ...workflowType,
    defaultTaskList: { name: taskList },
    defaultTaskStartToCloseTimeout: '60',
    defaultExecutionStartToCloseTimeout: '3600',
    defaultChildPolicy: 'TERMINATE',
  });
  await register(caller, 'RegisterActivityType', {
    domain,
    ...activityType,
    defaultTaskList: { name: taskList },
    defaultTaskScheduleToStartTimeout: '120',
    defaultTaskScheduleToCloseTimeout: '300',
    defaultTaskStartToCloseTimeout: '180',
    defaultTaskHeartbeatTimeout: '60',
  });
  caller.close();
}

async function register(caller: SwfCaller, operation: string, input: object): Promise<void> {
  const reply = await caller.call(operation, JSON.stringify(input));
  if (reply.status === 200 || faultName(reply).endsWith('AlreadyExistsFault')) return;
  throw new Error(`${operation}: ${faultName(reply)} ${reply.body}`);
}

export function startInput({ domain }: LoadNames, workflowId: string): string {
  return JSON.stringify({ domain, workflowId, workflowType, input: orderInput, tagList: ['bench'] });
}

export function pollInput({ domain, taskList }: LoadNames, identity: string): string {
  return JSON.stringify({ domain, taskList: { name: taskList }, identity });
}

/** The decider's answer when that many activities have completed. */
export function decisionInput(taskToken: string, completed: number): string {
  return JSON.stringify({
    taskToken,
    decisions: [completed < activityCount ? schedule(completed) : complete()],
  });
}

function schedule(step: number) {
  return {
    decisionType: 'ScheduleActivityTask',
    scheduleActivityTaskDecisionAttributes: {
      activityType,
      activityId: `step-${step}`,
      input: activityInput,
    },
  };
}

function complete() {
  return {
    decisionType: 'CompleteWorkflowExecution',
    completeWorkflowExecutionDecisionAttributes: { result: activityResult },
  };
}

export function activityOutcome(taskToken: string): string {
  return JSON.stringify({ taskToken, result: activityResult });
}
