import { isDeepStrictEqual } from 'node:util';
import type { ExecutionRecord } from '../../../src/server/admin/executions/execution-record.ts';
import type { DoubleCall } from '../../support/task-doubles.ts';
import { ASYNC, CRASH_FLOWS, REPORTED, SCHEDULED, STORED } from './flows.ts';
import { type FlowEvent, type FlowLedger, noteSeen } from './ledger.ts';
import type { Actor } from './load.ts';
import { openUploads, wrongResults } from './stored-results.ts';

export interface Figures {
  readonly executions: number;
  readonly events: number;
  readonly calls: number;
  /** Calls of functions beyond the first of an attempt. */
  readonly callsAgain: number;
  readonly scheduled: number;
}

interface Execution {
  readonly FlowName: string;
  readonly Name: string;
  readonly Status: string;
  readonly Input: string;
  readonly Output: string;
}

/** An attempt of a task: when it was answered, and whether its history has it at all. */
interface Attempt {
  readonly answeredAt: number | undefined;
}

/** Compares all that there is in the end with all that was ever acknowledged. */
export async function audit(actor: Actor): Promise<Figures> {
  const { ledger, doubles } = actor;
  const names = [...CRASH_FLOWS.map(({ name }) => name), SCHEDULED];
  const ids = await idsOf(actor);
  const attempts = new Map<string, Attempt>();
  let executions = 0;
  let events = 0;
  for (const flow of names) {
    const found = await listAll(actor, flow);
    executions += found.length;
    checkList(ledger, flow, found);
    for (const execution of found) {
      const history = await historyOf(actor, execution);
      events += history.length;
      checkExecution(ledger, execution);
      checkHistory(ledger, execution, history);
      const key = `${flow}/${ids.get(`${flow}/${execution.Name}`)}`;
      for (const [place, attempt] of attemptsOf(history)) attempts.set(`${key}/${place}`, attempt);
      checkReport(ledger, execution, history);
      checkResults(actor, execution, history);
    }
  }
  const scheduled = await checkSchedules(actor);
  for (const upload of openUploads(actor.items)) ledger.violations.push(`the upload ${upload} is left`);
  const calls = doubles.calls().filter(({ key }) => !ASYNC_KEY.test(key));
  checkAsyncCalls(ledger, doubles.calls(), attempts);
  const callsAgain = checkCalls(ledger, calls, attempts);
  return { executions, events, calls: calls.length, callsAgain, scheduled };
}

export async function listAll({ client }: Actor, FlowName: string): Promise<Execution[]> {
  const found: Execution[] = [];
  let page = {};
  do {
    const answer = await client.must('ListExecutions', { FlowName, Limit: '100', ...page });
    found.push(...(answer.Executions as Execution[]));
    page = answer.NextToken === undefined ? {} : { NextToken: String(answer.NextToken) };
  } while (Object.keys(page).length > 0);
  return found;
}

async function historyOf({ client }: Actor, { FlowName, Name }: Execution): Promise<FlowEvent[]> {
  const answer = await client.must('GetExecutionHistory', { FlowName, ExecutionName: Name, Limit: '999' });
  return answer.Events as FlowEvent[];
}

/** Every acknowledged start has one execution, and there is none that nobody asked for. */
function checkList(ledger: FlowLedger, flow: string, found: readonly Execution[]): void {
  const names = new Set(found.map(({ Name }) => Name));
  if (names.size !== found.length) ledger.violations.push(`${flow} has two executions of one name`);
  for (const { flow: its, name, isAcknowledged } of ledger.starts.values()) {
    if (its.name === flow && isAcknowledged && !names.has(name))
      ledger.violations.push(`${flow}/${name} is lost`);
  }
  for (const name of names) {
    const isAskedFor = flow === SCHEDULED || !/^e\d+$/.test(name) || ledger.starts.has(`${flow}/${name}`);
    if (!isAskedFor) ledger.violations.push(`nobody has started ${flow}/${name}`);
  }
}

function checkExecution(ledger: FlowLedger, { FlowName, Name, Status, Input, Output }: Execution): void {
  const about = `${FlowName}/${Name}`;
  if (Status !== 'Succeeded') {
    ledger.violations.push(`${about} is ${Status}`);
    return;
  }
  const start = ledger.starts.get(about);
  if (start === undefined) return;
  if (Input !== start.inputText) ledger.violations.push(`${about} has the input ${Input}`);
  const expected = start.flow.output(start.input) as Record<string, unknown>;
  const output = JSON.parse(Output) as Record<string, unknown>;
  const hole = Object.keys(expected).find((key) => expected[key] === REPORTED);
  const wanted = hole === undefined ? expected : { ...expected, [hole]: output[hole] };
  if (!isDeepStrictEqual(output, wanted)) {
    ledger.violations.push(`${about} has given ${Output} and not ${JSON.stringify(expected)}`);
  }
}

/** Gapless, caused by what was before, begun and ended once, and as it was shown before. */
function checkHistory(
  ledger: FlowLedger,
  { FlowName, Name }: Execution,
  history: readonly FlowEvent[],
): void {
  const about = `${FlowName}/${Name}`;
  const problem = (text: string) => ledger.violations.push(`${about}: ${text}`);
  noteSeen(ledger, about, history);
  const seen = Math.max(0, ...(ledger.seen.get(about)?.keys() ?? []));
  if (seen > history.length) problem(`${seen} events were shown and ${history.length} are left`);
  const entered = new Map<string, number>();
  for (const [place, event] of history.entries()) {
    const { EventId, ScheduleEventId, Type } = event;
    if (EventId !== place + 1) problem(`event ${EventId} stands in place ${place + 1}`);
    if (ScheduleEventId >= EventId) problem(`event ${EventId} is caused by ${ScheduleEventId}`);
    const [, what = '', way = ''] = /^(.*)(Entered|Exited)$/.exec(Type) ?? [];
    if (what !== '') entered.set(what, (entered.get(what) ?? 0) + (way === 'Entered' ? 1 : -1));
    const isEdge = Type.startsWith('Execution');
    if (isEdge !== (place === 0 || place === history.length - 1)) problem(`${Type} is event ${EventId}`);
  }
  for (const [what, open] of entered) if (open !== 0) problem(`${open} of ${what} were entered and not left`);
}

const ANSWERS = new Set(['TaskSucceeded', 'TaskFailed', 'TaskSubmitted', 'TaskSubmitFailed']);

/** The ids by which functions are told of executions, by flow and name; Orrery's own API shows them. */
async function idsOf({ client }: Actor): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    const page = await client.own<Page>(`executions?system=cloudflow&limit=500${more}`);
    for (const { scope, name, id } of page.executions) ids.set(`${scope}/${name}`, id);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}

interface Page {
  readonly executions: readonly ExecutionRecord[];
  readonly cursor?: string;
}

/** Attempts of tasks, by the event of their step and their number. */
function attemptsOf(history: readonly FlowEvent[]): Map<string, Attempt> {
  const attempts = new Map<string, Attempt>();
  const counts = new Map<number, number>();
  for (const event of history) {
    const step = stepOf(history, event);
    if (event.Type === 'TaskScheduled') counts.set(step, (counts.get(step) ?? 0) + 1);
    const key = `${step}/${counts.get(step) ?? 0}`;
    const known = attempts.get(key)?.answeredAt;
    if (event.Type === 'TaskScheduled') attempts.set(key, { answeredAt: undefined });
    else if (ANSWERS.has(event.Type)) attempts.set(key, { answeredAt: known ?? Date.parse(event.Time) });
  }
  return attempts;
}

/** The StepEntered event that an event goes back to, over what has caused it. */
function stepOf(history: readonly FlowEvent[], event: FlowEvent): number {
  let cause: FlowEvent | undefined = event;
  while (cause !== undefined && cause.Type !== 'StepEntered') cause = history[cause.ScheduleEventId - 1];
  return cause?.EventId ?? 0;
}

/**
 * A report may overtake the call that brings its token once more after a restart: the call has begun by then, and is ended, but a
 * thread may need a while to be there on a machine that is busy.
 */
const overtaking = (key: string): number => (key.startsWith('approval') ? 2_000 : 0);

/** A function is called for what is written, and never again once its answer is. Gives the calls made again. */
function checkCalls(
  ledger: FlowLedger,
  calls: readonly DoubleCall[],
  attempts: ReadonlyMap<string, Attempt>,
): number {
  const called = new Set<string>();
  for (const { key, time, name } of calls) {
    called.add(key);
    const attempt = attempts.get(key);
    if (attempt === undefined) ledger.violations.push(`${name} was called for ${key}, which is not there`);
    else if (attempt.answeredAt === undefined) ledger.violations.push(`${key} has no answer`);
    else if (attempt.answeredAt + overtaking(key) < time) {
      ledger.violations.push(`${name} was called for ${key} although its answer was there`);
    }
  }
  return calls.length - called.size;
}

/** Ends the key of a call that nobody waits for. */
const ASYNC_KEY = /\/async-\d+$/;
/** The function fails so often before it succeeds. */
const ASYNC_ATTEMPTS = 3;

/** What was accepted is called until it succeeds, and nothing else is called. */
function checkAsyncCalls(
  ledger: FlowLedger,
  calls: readonly DoubleCall[],
  attempts: ReadonlyMap<string, Attempt>,
): void {
  const made = calls.filter(({ key }) => ASYNC_KEY.test(key));
  const keys = Map.groupBy(made, ({ key }) => key.replace(ASYNC_KEY, ''));
  for (const key of keys.keys())
    if (!attempts.has(key)) ledger.violations.push(`a call was accepted for ${key}, which is not there`);
  for (const [key, { answeredAt }] of attempts) {
    if (!key.startsWith(`${ASYNC}/`) || answeredAt === undefined) continue;
    const count = new Set(keys.get(key)?.map((call) => call.key)).size;
    if (count !== ASYNC_ATTEMPTS) ledger.violations.push(`${key} was accepted, and called ${count} times`);
  }
}

/** The report that was acknowledged is the one that counts. */
function checkReport(
  ledger: FlowLedger,
  { FlowName, Name, Output }: Execution,
  history: readonly FlowEvent[],
): void {
  const scheduled = history.find(({ EventDetail }) => EventDetail.includes('"token":'));
  if (scheduled === undefined) return;
  const [, token = ''] = /"token":"([^"]*)"/.exec(scheduled.EventDetail) ?? [];
  const reports = ledger.reports.get(token) ?? [];
  const counted = reports.filter(({ event }) => event !== undefined);
  const { answer } = JSON.parse(Output || '{}') as { answer?: string };
  const about = `${FlowName}/${Name}`;
  if (counted.length > 1) ledger.violations.push(`${about} was reported ${counted.length} times`);
  const [first] = counted;
  if (!reports.some((report) => report.answer === answer)) {
    ledger.violations.push(`${about} has the answer ${answer}, which nobody gave`);
  }
  if (first === undefined) return;
  const event = history[(first.event ?? 0) - 1];
  const isThere = event?.Type === 'TaskSucceeded' && event.EventDetail.includes(`"${first.answer}"`);
  if (first.answer !== answer || !isThere)
    ledger.violations.push(`${about} has lost its report ${first.answer}`);
}

/** What a map has written is all there when its execution has succeeded. */
function checkResults(
  { ledger, items }: Actor,
  { FlowName, Name, Status }: Execution,
  history: readonly FlowEvent[],
): void {
  const start = ledger.starts.get(`${FlowName}/${Name}`);
  if (FlowName !== STORED || Status !== 'Succeeded' || start === undefined) return;
  const wrong = wrongResults(items, String(start.input.file), history);
  if (wrong !== undefined) ledger.violations.push(`${FlowName}/${Name} has written ${wrong}`);
}

/** Each due time has one execution that had passed before the last server began its work. Gives how many there are. */
async function checkSchedules(actor: Actor): Promise<number> {
  const { ledger, client } = actor;
  const until = client.readyAt;
  const found = await listAll(actor, SCHEDULED);
  const fired = found.map(({ Input }) => JSON.parse(Input) as { triggerName: string; triggerTime: string });
  const keys = fired.map(({ triggerName, triggerTime }) => `${triggerName} ${Date.parse(triggerTime)}`);
  if (new Set(keys).size !== keys.length) ledger.violations.push('a schedule has fired twice for one time');
  for (const { name, second, createdAt } of ledger.schedules) {
    const minute = Math.floor(createdAt / 60_000) * 60_000;
    const first = minute + second * 1_000;
    for (let due = first > createdAt ? first : first + 60_000; due < until; due += 60_000) {
      if (!keys.includes(`${name} ${due}`)) ledger.violations.push(`${name} has not fired at ${due}`);
    }
  }
  return fired.length;
}
