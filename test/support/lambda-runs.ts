import { randomUUID } from 'node:crypto';
import {
  type Decision,
  GetWorkflowExecutionHistoryCommand,
  type HistoryEvent,
  PollForDecisionTaskCommand,
  RegisterDomainCommand,
  RegisterWorkflowTypeCommand,
  RespondDecisionTaskCompletedCommand,
  StartWorkflowExecutionCommand,
  type SWFClient,
} from '@aws-sdk/client-swf';

const DOMAIN = 'functions';
const TYPE = { name: 'calls', version: '1' };

export interface LambdaCall {
  readonly name: string;
  readonly input?: string;
  readonly startToCloseTimeout?: string;
}

export interface LambdaRun {
  readonly workflowId: string;
  readonly runId: string;
}

export async function registerCalls(client: SWFClient): Promise<void> {
  await client.send(new RegisterDomainCommand({ name: DOMAIN, workflowExecutionRetentionPeriodInDays: '1' }));
  await client.send(
    new RegisterWorkflowTypeCommand({
      domain: DOMAIN,
      ...TYPE,
      defaultTaskList: { name: 'deciders' },
      defaultTaskStartToCloseTimeout: '60',
      defaultExecutionStartToCloseTimeout: '600',
      defaultChildPolicy: 'TERMINATE',
      defaultLambdaRole: 'arn:aws:iam::000000000000:role/functions',
    }),
  );
}

/** Starts an execution whose first decision is to call these functions, `call-0` and so on. */
export async function startCalls(client: SWFClient, calls: readonly LambdaCall[]): Promise<LambdaRun> {
  const workflowId = randomUUID();
  const started = await client.send(
    new StartWorkflowExecutionCommand({ domain: DOMAIN, workflowId, workflowType: TYPE }),
  );
  const { taskToken } = await nextDecision(client);
  const decisions = calls.map(
    (call, at): Decision => ({
      decisionType: 'ScheduleLambdaFunction',
      scheduleLambdaFunctionDecisionAttributes: { id: `call-${at}`, ...call },
    }),
  );
  await client.send(new RespondDecisionTaskCompletedCommand({ taskToken, decisions }));
  return { workflowId, runId: started.runId ?? '' };
}

/** Waits for the next decision task. */
export function nextDecision(client: SWFClient): Promise<{ readonly taskToken: string | undefined }> {
  return client.send(new PollForDecisionTaskCommand({ domain: DOMAIN, taskList: { name: 'deciders' } }));
}

export async function historyOf(client: SWFClient, execution: LambdaRun): Promise<readonly HistoryEvent[]> {
  const { events = [] } = await client.send(
    new GetWorkflowExecutionHistoryCommand({ domain: DOMAIN, execution }),
  );
  return events;
}

/** Calls one function and gives the event that its call ended with. */
export async function outcomeOf(client: SWFClient, call: LambdaCall): Promise<HistoryEvent | undefined> {
  const run = await startCalls(client, [call]);
  await nextDecision(client);
  const events = await historyOf(client, run);
  return events.find(({ eventType = '' }) => /^LambdaFunction(Completed|Failed|TimedOut)$/.test(eventType));
}
