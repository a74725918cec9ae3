import { auditHistories } from './audit-history.ts';
import { auditLinks } from './audit-links.ts';
import { auditRequests } from './audit-requests.ts';
import { auditCounted, auditRegistrations } from './audit-rest.ts';
import { auditTimes } from './audit-times.ts';
import type { Caller } from './caller.ts';
import type { Ledger } from './ledger.ts';
import { readAll } from './read-all.ts';

/** What one round came to. */
export interface Figures {
  readonly executions: number;
  readonly events: number;
  /** Answers that were acknowledged. */
  readonly acknowledged: number;
  /** Requests whose connection broke before the answer. */
  readonly lost: number;
  /** Requests that were compared with what is there. */
  readonly compared: number;
  /** How late the latest timer or timeout was, in milliseconds, once a server was there. */
  readonly latest: number;
}

/** Compares everything that clients were told with everything the service says now; finds go to the ledger. */
export async function audit(caller: Caller, ledger: Ledger): Promise<Figures> {
  const runs = await readAll(caller, ledger);
  auditHistories(runs, ledger);
  const requests = auditRequests(runs, ledger);
  auditLinks(runs, ledger);
  const counted = auditCounted(runs, ledger);
  const latest = auditTimes(runs, ledger);
  const registrations = await auditRegistrations(caller, ledger);
  return {
    executions: runs.size,
    events: [...runs.values()].reduce((sum, { events }) => sum + events.length, 0),
    acknowledged: ledger.count('acknowledged'),
    lost: ledger.count('lost'),
    compared: requests + counted + registrations,
    latest,
  };
}
