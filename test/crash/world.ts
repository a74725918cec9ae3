import type { Caller } from './caller.ts';
import type { Ledger } from './ledger.ts';

export const DOMAIN = 'crash';
export const DECISIONS = { name: 'decisions' };
export const WORK = { name: 'work' };
export const WORKFLOW_TYPE = { name: 'flow', version: '1' };
export const ACTIVITY_TYPE = { name: 'step', version: '1' };

/** Timeouts are short, because work that a crash has taken out of all hands goes on only after them. */
export async function registerWorld(caller: Caller, ledger: Ledger): Promise<void> {
  await register('RegisterDomain', { name: DOMAIN, workflowExecutionRetentionPeriodInDays: '7' });
  await register('RegisterWorkflowType', {
    domain: DOMAIN,
    ...WORKFLOW_TYPE,
    defaultTaskList: DECISIONS,
    defaultTaskStartToCloseTimeout: '1',
    defaultExecutionStartToCloseTimeout: '120',
    defaultChildPolicy: 'ABANDON',
  });
  await register('RegisterActivityType', {
    domain: DOMAIN,
    ...ACTIVITY_TYPE,
    defaultTaskList: WORK,
    defaultTaskScheduleToStartTimeout: '10',
    defaultTaskScheduleToCloseTimeout: '12',
    defaultTaskStartToCloseTimeout: '1',
    defaultTaskHeartbeatTimeout: 'NONE',
  });

  async function register(operation: string, input: object): Promise<void> {
    const answer = await caller.read(operation, input);
    if (answer === undefined) ledger.violation(`${operation} was refused`);
  }
}
