import type { Actor } from './deciders.ts';
import type { ExecutionName, HistoryEvent } from './events.ts';
import { DOMAIN, WORKFLOW_TYPE } from './world.ts';

/** Starts an execution, now and then one with a short life. */
async function startOnce({ caller, ledger, random }: Actor): Promise<void> {
  const nonce = ledger.nonce('w');
  // Now and then a name that is taken, or was.
  const workflowId = random.chance(0.1) ? (random.pick(ledger.runs)?.workflowId ?? nonce) : nonce;
  const entry = ledger.add({
    operation: 'StartWorkflowExecution',
    nonce,
    input: {
      domain: DOMAIN,
      workflowId,
      workflowType: WORKFLOW_TYPE,
      input: nonce,
      tagList: [nonce],
      childPolicy: random.pick(['TERMINATE', 'REQUEST_CANCEL', 'ABANDON']),
      ...(random.chance(0.06) && { executionStartToCloseTimeout: '2' }),
    },
  });
  if ((await caller.send(entry)) !== 'acknowledged') return;
  ledger.knows({ workflowId, runId: (entry.answer as { runId: string }).runId });
}

/** Signals, cancels or terminates an execution. */
async function disturb({ caller, ledger, random }: Actor): Promise<void> {
  const run = random.pick(ledger.runs.slice(-15));
  if (run === undefined) return;
  const { workflowId, runId } = run;
  const target = { domain: DOMAIN, workflowId, runId };
  const dice = random.below(100);
  if (dice < 80) {
    const nonce = ledger.nonce('s');
    const anyRun = random.chance(0.3);
    const input = {
      domain: DOMAIN,
      workflowId,
      ...(anyRun ? {} : { runId }),
      signalName: 'hello',
      input: nonce,
    };
    await caller.send(
      ledger.add({ operation: 'SignalWorkflowExecution', nonce, input, ...(anyRun ? {} : { run }) }),
    );
  } else if (dice < 93) {
    const nonce = ledger.nonce('q');
    const operation = 'RequestCancelWorkflowExecution';
    await caller.send(ledger.add({ operation, nonce, input: target, run }));
  } else {
    const nonce = ledger.nonce('k');
    const input = { ...target, reason: 'dice', details: nonce };
    await caller.send(ledger.add({ operation: 'TerminateWorkflowExecution', nonce, input, run }));
  }
}

/** Registers types and domains, and deprecates some. */
async function register({ caller, ledger, random }: Actor): Promise<void> {
  const nonce = ledger.nonce('y');
  if (random.chance(0.03)) {
    const input = { name: nonce, description: nonce, workflowExecutionRetentionPeriodInDays: '1' };
    await caller.send(ledger.add({ operation: 'RegisterDomain', nonce, input }));
    return;
  }
  const kind = random.chance(0.5) ? 'Workflow' : 'Activity';
  const input = { domain: DOMAIN, name: nonce, version: '1', description: nonce };
  const outcome = await caller.send(ledger.add({ operation: `Register${kind}Type`, nonce, input }));
  if (outcome !== 'acknowledged' || random.chance(0.5)) return;
  const type = { name: nonce, version: '1' };
  const deprecate = { domain: DOMAIN, [`${kind.toLowerCase()}Type`]: type };
  await caller.send(ledger.add({ operation: `Deprecate${kind}Type`, nonce, input: deprecate }));
}

interface HistoryPage {
  readonly events: readonly HistoryEvent[];
}

/** Looks at something: what it shows must stay true. */
async function look({ caller, ledger, life, random }: Actor): Promise<void> {
  if (random.chance(0.1)) {
    const startTimeFilter = { oldestDate: 0 };
    const closed = await caller.read<{
      executionInfos: readonly { execution: ExecutionName; closeStatus: string }[];
    }>('ListClosedWorkflowExecutions', { domain: DOMAIN, startTimeFilter, maximumPageSize: 20 });
    for (const { execution, closeStatus } of closed?.executionInfos ?? []) {
      ledger.closedSeen.push({ ...execution, closeStatus });
    }
    return;
  }
  const run = random.pick(ledger.runs);
  if (run === undefined) return;
  const page = await caller.read<HistoryPage>('GetWorkflowExecutionHistory', {
    domain: DOMAIN,
    execution: run,
    maximumPageSize: 1 + random.below(50),
    reverseOrder: random.chance(0.5),
  });
  if (page !== undefined) ledger.saw(run, page.events);
  else if (!life.mayBeUnavailable) ledger.violation(`run ${run.runId} is known and has no history`);
}

/** What everybody but deciders and workers does: start, disturb, look, and sometimes register. */
export async function bustle(actor: Actor): Promise<void> {
  await startOnce(actor);
  await disturb(actor);
  await look(actor);
  await disturb(actor);
  if (actor.random.chance(0.3)) await register(actor);
}
