import { setTimeout as delay } from 'node:timers/promises';
import type { Doubles } from '../../support/open-doubles.ts';
import { type FlowClient, ServerGone, Unavailable } from './client.ts';
import { CRASH_FLOWS, SCHEDULED } from './flows.ts';
import { type FlowEvent, type FlowLedger, noteSeen, type Report, type Start } from './ledger.ts';

export interface Actor {
  readonly client: FlowClient;
  readonly ledger: FlowLedger;
  readonly doubles: Doubles;
  /** The folder that is the bucket of items. */
  readonly items: string;
}

const STARTERS = 3;

/** Clients that start, report, look and schedule until their server is gone. */
export async function runLoad(actor: Actor): Promise<void> {
  await Promise.all([
    ...Array.from({ length: STARTERS }, () => loop(actor, startOne)),
    loop(actor, reportOne),
    loop(actor, lookAtOne),
    loop(actor, scheduleOne),
  ]);
}

async function loop(actor: Actor, step: (actor: Actor) => Promise<void>): Promise<void> {
  try {
    while (!actor.client.isEnding) await attempt(actor, step);
  } catch (error) {
    if (!(error instanceof ServerGone)) throw error;
  }
}

/** What a client is not told, it does not know. */
async function attempt(actor: Actor, step: (actor: Actor) => Promise<void>): Promise<void> {
  try {
    await step(actor);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    await delay(10);
  }
}

/** A new execution, or one whose start was not acknowledged, or was and is sent again as clients do. */
async function startOne({ client, ledger }: Actor): Promise<void> {
  const { random, starts } = ledger;
  const known = [...starts.values()];
  const pending = known.filter(({ isAcknowledged }) => !isAcknowledged);
  const again = random.chance(0.3)
    ? random.pick(pending)
    : random.chance(0.05)
      ? random.pick(known)
      : undefined;
  const start = again ?? newStart(ledger);
  const { flow, name, inputText: Input } = start;
  start.sent += 1;
  const answer = await client.ask('StartExecution', { FlowName: flow.name, ExecutionName: name, Input });
  const hasEnded = answer.Code === 'ExecutionAlreadyExists';
  // Sent again by another client meanwhile, it may have been started by that and have ended before this one came.
  if (answer.Code !== undefined && !(hasEnded && start.sent > 1)) {
    ledger.violations.push(`StartExecution ${flow.name} ${name}: ${JSON.stringify(answer)}`);
  }
  if (!hasEnded && answer.Input !== Input) ledger.violations.push(`${name} answers with ${answer.Input}`);
  start.isAcknowledged = true;
  await delay(ledger.random.below(40));
}

function newStart(ledger: FlowLedger): Start {
  const { random, starts } = ledger;
  const flow = random.pick(CRASH_FLOWS);
  if (flow === undefined) throw new Error('there are flows');
  const n = ++ledger.starting;
  const input = flow.input(n, random);
  // Spaces, since inputs are given back as they were sent.
  const inputText = JSON.stringify(input, undefined, 1);
  const start: Start = { flow, name: `e${n}`, input, inputText, isAcknowledged: false, sent: 0 };
  starts.set(`${flow.name}/${start.name}`, start);
  return start;
}

/** Tokens that functions were called with, under any server. */
export function tokensOf({ doubles }: Pick<Actor, 'doubles'>): string[] {
  const given = doubles.calls().filter(({ name }) => name === 'echo');
  return [...new Set(given.map(({ event }) => String(event.token)))];
}

async function reportOne(actor: Actor): Promise<void> {
  const { ledger } = actor;
  const token = ledger.random.pick(tokensOf(actor));
  if (token !== undefined) await report(actor, token);
  await delay(ledger.random.below(60));
}

/** Reports a task, though it may have been reported before; the first that counts is the only one. */
export async function report({ client, ledger }: Actor, TaskToken: string): Promise<void> {
  const reports = ledger.reports.get(TaskToken) ?? [];
  ledger.reports.set(TaskToken, reports);
  const mine: Report = { answer: `r${++ledger.starting}`, event: undefined };
  reports.push(mine);
  const Output = JSON.stringify({ answer: mine.answer });
  const answer = await client.ask('ReportTaskSucceeded', { TaskToken, Output });
  const isLate = answer.Code === 'TaskAlreadyCompleted';
  if (answer.Code !== undefined && !isLate) ledger.violations.push(`a report: ${JSON.stringify(answer)}`);
  if (isLate) {
    reports.splice(reports.indexOf(mine), 1);
    if (reports.length === 0) ledger.violations.push('a task has been reported by nobody');
  } else mine.event = Number(answer.EventId);
}

/** Histories and descriptions that were shown must stay. */
async function lookAtOne({ client, ledger }: Actor): Promise<void> {
  const known = [...ledger.starts.values()].filter(({ isAcknowledged }) => isAcknowledged).slice(-40);
  const start = ledger.random.pick(known);
  if (start !== undefined) {
    const execution = { FlowName: start.flow.name, ExecutionName: start.name };
    const answer = await client.must('GetExecutionHistory', { ...execution, Limit: '999' });
    noteSeen(ledger, `${start.flow.name}/${start.name}`, (answer.Events ?? []) as FlowEvent[]);
  }
  await delay(ledger.random.below(30));
}

/** Each falls due once a minute, all of them together nearly each second. */
async function scheduleOne({ client, ledger }: Actor): Promise<void> {
  if (ledger.schedules.length < 50) {
    const number = ++ledger.starting;
    const name = `s${number}`;
    const second = new Date(Date.now() + 2_000 + ledger.random.below(8_000)).getUTCSeconds();
    const parameters = { FlowName: SCHEDULED, ScheduleName: name, CronExpression: `${second} * * * * *` };
    const answer = await client.must('CreateSchedule', { ...parameters, Payload: `{"n":${number}}` });
    ledger.schedules.push({ name, second, createdAt: Date.parse(String(answer.CreatedTime)) });
  }
  await delay(100 + ledger.random.below(100));
}
