import type { Endpoint } from '../../bench/load/signed-request.ts';
import { swfClient } from '../../bench/load/swf-client.ts';
import type { Ledger } from './ledger.ts';
import { DOMAIN, WORKFLOW_TYPE } from './world.ts';

/** Polls that wait on a task list which nobody else uses. */
export interface QuietPolls {
  /** What each was answered, in no order; rejects when a connection broke. */
  readonly answers: Promise<readonly { readonly status: number; readonly taskToken: string }[]>;
  /** Starts as many executions as there are polls; the ledger expects to find them. */
  feed(ledger: Ledger): Promise<void>;
  close(): void;
}

export function openQuietPolls(endpoint: Endpoint, count: number): QuietPolls {
  const connect = swfClient(endpoint);
  const taskList = { name: 'quiet' };
  const callers = Array.from({ length: count }, connect);
  const poll = JSON.stringify({ domain: DOMAIN, taskList });
  const answers = Promise.all(
    callers.map(async (caller) => {
      const { status, body } = await caller.call('PollForDecisionTask', poll);
      return { status, taskToken: (JSON.parse(body) as { taskToken: string }).taskToken };
    }),
  );
  answers.catch(() => {});
  const starter = connect();
  return {
    answers,
    feed: async (ledger) => {
      for (let index = 0; index < count; index++) {
        const nonce = ledger.nonce('w');
        // Closed by its own timeout: nobody decides.
        const execution = { workflowId: nonce, executionStartToCloseTimeout: '2', taskList };
        const input = { domain: DOMAIN, workflowType: WORKFLOW_TYPE, ...execution, input: nonce };
        const entry = ledger.add({ operation: 'StartWorkflowExecution', nonce, input });
        entry.answer = await starter.ask(entry.operation, input);
        entry.outcomes.push('acknowledged');
      }
    },
    close: () => {
      for (const caller of [...callers, starter]) caller.close();
    },
  };
}
