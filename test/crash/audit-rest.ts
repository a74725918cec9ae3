import type { Caller } from './caller.ts';
import { number, text } from './events.ts';
import { type Entry, type Ledger, promise } from './ledger.ts';
import { type Runs, readPages } from './read-all.ts';
import { DOMAIN } from './world.ts';

/** Cancel requests and heartbeats, which carry nothing of their own into a history. */
export function auditCounted(runs: Runs, ledger: Ledger): number {
  const requests = ledger.entries.filter(({ operation }) => operation === 'RequestCancelWorkflowExecution');
  const heartbeats = ledger.entries.filter(({ operation }) => operation === 'RecordActivityTaskHeartbeat');
  for (const { info, events } of runs.values()) {
    const { runId } = info.execution;
    const ofRun = requests.filter(({ run }) => run?.runId === runId).map(promise);
    const least = ofRun.filter((each) => each === 'happened').length;
    const most = ofRun.filter((each) => each !== 'did not happen').length;
    const found = events.filter(
      (event) =>
        event.eventType === 'WorkflowExecutionCancelRequested' &&
        number(event, 'externalInitiatedEventId') === 0 &&
        text(event, 'cause') === '',
    ).length;
    if (found < least || found > most) {
      ledger.violation(`run ${runId}: ${found} cancel requests, of ${least} to ${most}`);
    }
    for (const event of events) {
      if (event.eventType !== 'ActivityTaskTimedOut') continue;
      const beats = heartbeats.filter(
        ({ run, task }) => run?.runId === runId && task?.startedEventId === number(event, 'startedEventId'),
      );
      auditBeats(beats, text(event, 'details'), `run ${runId}: time-out ${event.eventId}`, ledger);
    }
  }
  return requests.length + heartbeats.length;
}

/** A time-out shows the last heartbeat: the last acknowledged one, or a later one that may have arrived. */
function auditBeats(beats: readonly Entry[], details: string, what: string, ledger: Ledger): void {
  const last = beats.findLastIndex((beat) => promise(beat) === 'happened');
  const possible = beats.slice(Math.max(0, last)).filter((beat) => promise(beat) !== 'did not happen');
  const texts = possible.map(({ nonce }) => nonce);
  if (last < 0) texts.push('');
  if (!texts.includes(details)) ledger.violation(`${what} shows heartbeat ${details}, not one of ${texts}`);
}

interface Registered {
  readonly name: string;
  readonly status: string;
  readonly description: string;
}

/** Registrations and deprecations, by what the lists show of them. */
export async function auditRegistrations(caller: Caller, ledger: Ledger): Promise<number> {
  const found = new Map<string, Registered>();
  for (const registrationStatus of ['REGISTERED', 'DEPRECATED']) {
    for (const { operation, query, member, name } of LISTS) {
      const pages = { operation, query: { ...query, registrationStatus }, member };
      for (const item of await readPages<Readonly<Record<string, unknown>>>(caller, pages)) {
        const kind = item[name] as { name: string } | string | undefined;
        const key = typeof kind === 'object' ? kind.name : String(kind);
        if (found.has(key)) ledger.violation(`${key} is listed twice`);
        found.set(key, { name: key, status: String(item.status), description: String(item.description) });
      }
    }
  }
  const entries = ledger.entries.filter(({ operation }) => /^(Register|Deprecate)/.test(operation));
  for (const entry of entries) auditRegistration(entry, found, ledger);
  return entries.length;
}

function auditRegistration(entry: Entry, found: ReadonlyMap<string, Registered>, ledger: Ledger): void {
  const { operation, input, outcomes } = entry;
  const type = (input.workflowType ?? input.activityType ?? input) as { name: string };
  const registered = found.get(type.name);
  const wrong = (why: string): void => ledger.violation(`${operation} ${type.name} (${outcomes}): ${why}`);
  const promised = promise(entry);
  if (operation.startsWith('Deprecate')) {
    if (promised === 'happened' && registered?.status !== 'DEPRECATED') wrong('is lost');
    if (promised === 'did not happen' && registered?.status === 'DEPRECATED') wrong('happened');
    return;
  }
  if (promised === 'happened' && registered === undefined) wrong('is lost');
  if (promised === 'did not happen' && registered !== undefined) wrong('happened');
  if (registered !== undefined && registered.description !== entry.nonce) wrong('has another description');
}

const LISTS = [
  { operation: 'ListDomains', query: {}, member: 'domainInfos', name: 'name' },
  { operation: 'ListWorkflowTypes', query: { domain: DOMAIN }, member: 'typeInfos', name: 'workflowType' },
  { operation: 'ListActivityTypes', query: { domain: DOMAIN }, member: 'typeInfos', name: 'activityType' },
];
