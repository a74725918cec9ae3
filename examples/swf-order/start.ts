import { setTimeout } from 'node:timers/promises';
import {
  DescribeWorkflowExecutionCommand,
  type HistoryEvent,
  paginateGetWorkflowExecutionHistory,
  SignalWorkflowExecutionCommand,
  StartWorkflowExecutionCommand,
  type WorkflowExecution,
} from '@aws-sdk/client-swf';
import { DOMAIN, type Order, VERSION } from './application.ts';
import { client } from './client.ts';
import { say } from './say.ts';

export async function startOrder(order: Order): Promise<WorkflowExecution> {
  const workflowId = order.orderId;
  const { runId } = await client.send(
    new StartWorkflowExecutionCommand({
      domain: DOMAIN,
      workflowId,
      workflowType: { name: 'order', version: VERSION },
      input: JSON.stringify(order),
      tagList: ['example'],
    }),
  );
  say('shop', `${workflowId} placed, run ${runId}`);
  return { workflowId, runId };
}

/** The customer's click on the link in the mail. */
export async function confirmOrder({ workflowId, runId }: WorkflowExecution): Promise<void> {
  const signal = { domain: DOMAIN, workflowId, runId, signalName: 'confirmed' };
  await client.send(new SignalWorkflowExecutionCommand(signal));
  say('customer', `confirmed ${workflowId}`);
}

/** Waits until the execution is closed and gives its close status. */
export async function closeStatusOf(execution: WorkflowExecution): Promise<string | undefined> {
  const describe = new DescribeWorkflowExecutionCommand({ domain: DOMAIN, execution });
  for (;;) {
    const { executionInfo } = await client.send(describe);
    if (executionInfo?.executionStatus === 'CLOSED') return executionInfo.closeStatus;
    await setTimeout(100);
  }
}

export async function historyOf(execution: WorkflowExecution): Promise<readonly HistoryEvent[]> {
  const query = { domain: DOMAIN, execution };
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetWorkflowExecutionHistory({ client }, query)) {
    events.push(...(page.events ?? []));
  }
  return events;
}
