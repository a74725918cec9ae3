import { type Call, JsonText } from '../../api.ts';
import { findByTask, stateOf } from '../executions.ts';
import { fault } from '../faults.ts';
import type { StartedDecisionTask } from '../machine/commands.ts';
import { queueName } from '../machine/offers.ts';
import type { PollForDecisionTaskInput } from '../model/types.gen.ts';
import { scopeOf } from '../names.ts';
import { noTask } from '../no-task.ts';
import { pageSize, queryOf } from '../pages.ts';
import { pollTask } from '../poll-task.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';
import type { TaskRef } from '../tokens.ts';
import { historyPage } from '../views/history-page.ts';

const NO_TASK = { startedEventId: 0, previousStartedEventId: 0 };

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_PollForDecisionTask.html */
export async function pollForDecisionTask(
  swf: Swf,
  input: PollForDecisionTaskInput,
  call: Call,
): Promise<JsonText | typeof NO_TASK> {
  findDomain(swf, call, input.domain);
  const query = (): string => queryOf('PollForDecisionTask', input, call);
  if (input.nextPageToken !== undefined) {
    const [ref, start] = swf.tokens.readPageToken(query(), input.nextPageToken) as PagePlace;
    const task = await startedTask(swf, call, ref);
    return answer(swf, { task, start, input, query });
  }
  const queue = queueName(scopeOf(call, input.domain), 'decision', input.taskList.name);
  const handOut = await pollTask<StartedDecisionTask>(swf, call, {
    queue,
    claim: (scheduledEventId, again) => ({
      type: 'start-decision-task',
      scheduledEventId,
      again,
      identity: input.identity,
    }),
  });
  if (handOut === undefined) return noTask(swf, NO_TASK);
  const task = handOut.reply;
  return answer(swf, {
    task,
    start: input.reverseOrder === true ? task.startedEventId : firstEvent(input, task),
    input,
    query,
  });
}

function firstEvent(input: PollForDecisionTaskInput, task: StartedDecisionTask): number {
  return input.startAtPreviousStartedEvent === true ? Math.max(1, task.previousStartedEventId) : 1;
}

/** A page token names the task and no more: with the longest names in it, it would be too long to be sent back. */
type PagePlace = readonly [task: Omit<TaskRef, 'kind'>, start: number];

/** A task that has been handed out; throws UnknownResourceFault when it is closed. */
async function startedTask(swf: Swf, call: Call, ref: PagePlace[0]): Promise<StartedDecisionTask> {
  const found = await findByTask(swf, call, { kind: 'decision', ...ref });
  const { decision, workflowType, previousStartedEventId } = stateOf(found);
  if (decision?.startedEventId !== ref.startedEventId) {
    const message = `Unknown decision task, scheduledEventId = ${ref.scheduledEventId}`;
    throw fault('UnknownResourceFault', message);
  }
  return { ...ref, workflowId: found.identity.name, workflowType, previousStartedEventId };
}

interface Answer {
  readonly task: StartedDecisionTask;
  readonly start: number;
  readonly input: PollForDecisionTaskInput;
  readonly query: () => string;
}

/** Events recorded after the task was started are not part of it. */
async function answer(swf: Swf, { task, start, input, query }: Answer): Promise<JsonText> {
  const { workflowId, runId, workflowType, scheduledEventId, startedEventId, previousStartedEventId } = task;
  const ref = { runId, scheduledEventId, startedEventId };
  const page = await historyPage(swf.kernel, {
    runId,
    first: firstEvent(input, task),
    last: startedEventId,
    start,
    isReverse: input.reverseOrder === true,
    size: pageSize(input.maximumPageSize),
  });
  const head = JSON.stringify({
    taskToken: swf.tokens.taskToken({ kind: 'decision', ...ref }),
    startedEventId,
    previousStartedEventId,
    workflowExecution: { workflowId, runId },
    workflowType,
    ...(page.next !== undefined && { nextPageToken: swf.tokens.pageToken(query(), [ref, page.next]) }),
  });
  return new JsonText(`${head.slice(0, -1)},"events":${page.events}}`);
}
