import type { Caller, Life } from './caller.ts';
import type { ExecutionName, HistoryEvent } from './events.ts';
import type { Entry, Ledger } from './ledger.ts';
import { plan } from './plan.ts';
import type { Random } from './random.ts';
import { DECISIONS, DOMAIN } from './world.ts';

/** What clients of one round share. */
export interface Round {
  readonly ledger: Ledger;
  readonly random: Random;
  /** Answers that were not given, or whose fate is unknown, when their server died: to be given to the next one. */
  readonly held: Entry[];
}

/** One client of one server. */
export interface Actor extends Round {
  readonly caller: Caller;
  readonly life: Life;
}

interface DecisionTask {
  readonly taskToken: string;
  readonly startedEventId: number;
  readonly workflowExecution: ExecutionName;
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken?: string;
}

/** Takes a decision task and answers it, or keeps the answer for another time. */
export async function decideOnce(actor: Actor): Promise<void> {
  const { caller, life, ledger, random, held } = actor;
  const poll = { domain: DOMAIN, taskList: DECISIONS, identity: 'decider' };
  const size = random.chance(0.2) ? { maximumPageSize: 7 } : {};
  const task = await caller.read<DecisionTask>('PollForDecisionTask', { ...poll, ...size });
  if (task === undefined || task.taskToken === '') return;
  const run = task.workflowExecution;
  const events = [...task.events];
  for (let nextPageToken = task.nextPageToken; nextPageToken !== undefined; ) {
    const page = await caller.read<DecisionTask>('PollForDecisionTask', { ...poll, ...size, nextPageToken });
    if (page === undefined) return;
    events.push(...page.events);
    nextPageToken = page.nextPageToken;
  }
  checkTask(ledger, task, events);
  const nonce = ledger.nonce('d');
  const decisions = plan({ random, ledger, run, events, draining: life.draining });
  const scheduledEventId = scheduledBy(events);
  const entry = ledger.add({
    operation: 'RespondDecisionTaskCompleted',
    nonce,
    input: { taskToken: task.taskToken, executionContext: nonce, decisions },
    run,
    task: { scheduledEventId, startedEventId: task.startedEventId },
  });
  if (!life.draining && random.chance(0.04)) held.push(entry);
  else await answer(actor, entry);
}

/** Sends an answer; should the connection break, it is sent again to the next server. */
export async function answer({ caller, held }: Actor, entry: Entry): Promise<void> {
  try {
    const outcome = await caller.send(entry);
    if (outcome === 'unavailable') held.push(entry);
  } catch (error) {
    held.push(entry);
    throw error;
  }
}

function checkTask(ledger: Ledger, task: DecisionTask, events: readonly HistoryEvent[]): void {
  const { runId } = task.workflowExecution;
  ledger.saw(task.workflowExecution, events);
  if (events.some(({ eventId }, index) => eventId !== index + 1)) {
    ledger.violation(`decision task of ${runId} with a gap: ${events.map(({ eventId }) => eventId)}`);
  }
  const last = events.at(-1);
  if (last?.eventType !== 'DecisionTaskStarted' || last.eventId !== task.startedEventId) {
    ledger.violation(`decision task of ${runId} does not end with its start: ${last?.eventType}`);
  }
}

function scheduledBy(events: readonly HistoryEvent[]): number {
  const started = events.at(-1) as { decisionTaskStartedEventAttributes?: { scheduledEventId: number } };
  return started?.decisionTaskStartedEventAttributes?.scheduledEventId ?? 0;
}
