import {
  type Decision,
  type HistoryEvent,
  paginatePollForDecisionTask,
  RespondDecisionTaskCompletedCommand,
} from '@aws-sdk/client-swf';
import { type Activity, DECIDERS, DOMAIN, type Order } from './application.ts';
import { client } from './client.ts';
import { complete, fail, scheduleActivity, startChild, startTimer } from './decisions.ts';
import {
  attemptsAt,
  childResult,
  failureIn,
  has,
  hasTimedOut,
  inputOf,
  isSignaled,
  resultOf,
} from './history.ts';
import { describeDecision, say } from './say.ts';

const MAX_ATTEMPTS = 3;
const COOL_OFF_SECONDS = 1;

type Events = readonly HistoryEvent[];

/** What comes next for an order; nothing while something is awaited. */
function decideOrder(events: Events): Decision[] {
  const order = inputOf<Order>(events);
  if (resultOf(events, 'reserve-stock') === undefined) return attempt(events, 'reserve-stock', order);

  if (!isSignaled(events, 'confirmed')) return [];
  if (!has(events, 'TimerStarted')) return [startTimer('cool-off', COOL_OFF_SECONDS)];
  if (!has(events, 'TimerFired')) return [];

  if (resultOf(events, 'charge-card') === undefined) return attempt(events, 'charge-card', order);

  const shipped = childResult(events);
  if (shipped !== undefined) return [complete(shipped)];
  if (has(events, 'StartChildWorkflowExecutionInitiated')) return [];
  return [startChild('shipping', `shipping-${order.orderId}`, order)];
}

/** What comes next for a shipping, the child of an order. */
function decideShipping(events: Events): Decision[] {
  const result = resultOf(events, 'ship');
  return result === undefined ? attempt(events, 'ship', inputOf<Order>(events)) : [complete(result)];
}

/** Schedules an activity, and again whenever it has timed out. */
function attempt(events: Events, activity: Activity, order: Order): Decision[] {
  const attempts = attemptsAt(events, activity);
  if (attempts > 0 && !hasTimedOut(events, activity)) return [];
  if (attempts === MAX_ATTEMPTS) return [fail(`${activity} timed out ${attempts} times`)];
  return [scheduleActivity(activity, attempts + 1, { ...order, attempt: attempts + 1 })];
}

function decide(workflow: string | undefined, events: Events): Decision[] {
  const failure = failureIn(events);
  if (failure !== undefined) return [fail(failure)];
  return workflow === 'order' ? decideOrder(events) : decideShipping(events);
}

/** Takes decision tasks and answers them until the signal aborts. */
export async function runDecider(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { taskToken, workflow, events } = await pollForDecision(signal);
    // No task came within a minute.
    if (!taskToken) continue;
    const decisions = decide(workflow, events);
    for (const decision of decisions) say('decider', `${workflow}: ${describeDecision(decision)}`);
    await client.send(new RespondDecisionTaskCompletedCommand({ taskToken, decisions }));
  }
}

interface DecisionTask {
  readonly taskToken?: string | undefined;
  readonly workflow?: string | undefined;
  readonly events: Events;
}

/** One task with its whole history, however many pages that has. */
async function pollForDecision(abortSignal: AbortSignal): Promise<DecisionTask> {
  const poll = { domain: DOMAIN, taskList: DECIDERS, identity: 'decider' };
  let task: DecisionTask = { events: [] };
  for await (const page of paginatePollForDecisionTask({ client }, poll, { abortSignal })) {
    const { taskToken, workflowType, events = [] } = page;
    task = { taskToken, workflow: workflowType?.name, events: [...task.events, ...events] };
  }
  return task;
}
