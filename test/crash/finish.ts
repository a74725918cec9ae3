import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint } from '../../bench/load/signed-request.ts';
import { audit, type Figures } from './audit.ts';
import { type Caller, callersOf } from './caller.ts';
import type { Round } from './deciders.ts';
import { startLoad } from './load.ts';
import { DOMAIN, registerWorld } from './world.ts';

/** Registers what the load needs. */
export async function prepareWorld(endpoint: Endpoint, { ledger }: Round): Promise<void> {
  const life = { ending: false, draining: false, mayBeUnavailable: false, acknowledged: () => {} };
  const caller = callersOf(endpoint, life, ledger)();
  await registerWorld(caller, ledger);
  caller.close();
}

/** Brings everything that is open to its end, and compares what is there with what clients were told. */
export async function drainAndAudit(endpoint: Endpoint, round: Round): Promise<Figures> {
  const load = startLoad(endpoint, { round, draining: true });
  const caller = callersOf(endpoint, load.life, round.ledger)();
  try {
    await drained(caller, round);
    return await audit(caller, round.ledger);
  } finally {
    await load.hangUp();
    caller.close();
  }
}

/** Resolves when nothing is open any more; a violation when that takes too long. */
async function drained(caller: Caller, { ledger, held }: Round): Promise<void> {
  const filter = { domain: DOMAIN, startTimeFilter: { oldestDate: 0 } };
  const limit = Date.now() + 30_000;
  for (;;) {
    const answer = await caller.read<{ count: number }>('CountOpenWorkflowExecutions', filter);
    if (answer?.count === 0 && held.length === 0) return;
    if (Date.now() > limit) return ledger.violation(`${answer?.count} executions do not come to their end`);
    await delay(25);
  }
}
