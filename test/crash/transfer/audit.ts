import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { streamPath } from '../../../src/logs/stream-path.ts';
import type { ExecutionRecord } from '../../../src/server/admin/executions/execution-record.ts';
import { answeredCalls } from '../../support/answering.ts';
import { readLines } from '../../support/log-files.ts';
import { brief } from '../../support/sftp-world.ts';
import { auditFiles } from './audit-files.ts';
import type { Kind, Line, Sent, TransferLedger } from './ledger.ts';
import { type OwnEvent, ownExecutions, ownHistory } from './own.ts';
import type { Shelves } from './shelves.ts';
import type { CrashPlace, Up } from './world.ts';

export interface Figures {
  readonly uploads: number;
  readonly acknowledged: number;
  readonly executions: number;
  readonly calls: number;
  /** Calls of functions beyond the first of a step. */
  readonly callsAgain: number;
}

/** Compares what there is in the end with what was acknowledged; ends the server. */
export async function audit(up: Up, ledger: TransferLedger, place: CrashPlace): Promise<Figures> {
  const { lines, sent, violations } = ledger;
  const started = new Map<string, ExecutionRecord>();
  for (const line of Object.values(lines)) {
    for (const record of await ownExecutions(up.own, line)) {
      const { key, path } = (record.input as { file: { key?: string; path?: string } }).file;
      const name = key ?? path?.slice(1) ?? '';
      if (started.has(name)) violations.push(`${name} has two executions`);
      started.set(name, record);
      const upload = sent.find((each) => each.name === name);
      await checkExecution(up, ledger, { line, record, upload, ends: endsOn(place.shelves) });
    }
  }
  for (const { name, isAcknowledged } of sent)
    if (isAcknowledged && !started.has(name))
      violations.push(`${name} was acknowledged and has no execution`);
  const code = await up.process.end('SIGTERM');
  if (code !== 0) violations.push(`the last server ended with ${code}`);
  await checkLogs(ledger, place, started.values());
  await checkStorage(ledger, place, new Set(started.keys()));
  const calls = checkCalls(ledger, place);
  const acknowledged = sent.filter(({ isAcknowledged }) => isAcknowledged).length;
  return { uploads: sent.length, acknowledged, executions: started.size, ...calls };
}

const HANDLED = ['TAG'];

/** Status, steps and handlers that each kind of file must come to. */
type Ends = Readonly<Record<Kind, readonly [string, readonly string[], readonly string[]]>>;

const ENDS: Ends = {
  passed: ['COMPLETED', ['COPY', 'TAG', 'CUSTOM', 'DELETE'], []],
  failed: ['EXCEPTION', ['COPY', 'TAG', 'CUSTOM CUSTOM_STEP_FAILED'], HANDLED],
  unanswered: ['EXCEPTION', ['COPY', 'TAG', 'CUSTOM TIMEOUT'], HANDLED],
  decrypted: ['COMPLETED', ['DECRYPT', 'TAG', 'COPY'], []],
  tampered: ['EXCEPTION', ['DECRYPT BAD_REQUEST'], HANDLED],
};

/** On file systems nothing is tagged, and what a handler does is copying. */
function endsOn({ kind }: Shelves): Ends {
  if (kind !== 'file systems') return ENDS;
  const ends = Object.entries(ENDS).map(([name, [status, steps, handlers]]) => {
    const untagged = steps.filter((step) => step !== 'TAG');
    return [name, [status, untagged, handlers.map(() => 'COPY')]];
  });
  return Object.fromEntries(ends) as Ends;
}

interface Checked {
  readonly ends: Ends;
  readonly line: Line;
  readonly record: ExecutionRecord;
  readonly upload: Sent | undefined;
}

/** By upload, for when logs are compared after the end of the server. */
const histories = new WeakMap<ExecutionRecord, readonly OwnEvent[]>();

async function checkExecution(
  up: Up,
  ledger: TransferLedger,
  { line, record, upload, ends }: Checked,
): Promise<void> {
  const { violations, dues } = ledger;
  const query = { WorkflowId: line.workflowId, ExecutionId: record.name };
  const { Execution: execution } = await up.client.describeExecution(query);
  const { Steps, OnExceptionSteps } = execution?.Results ?? {};
  const end = [execution?.Status, brief(Steps), brief(OnExceptionSteps)];
  if (upload === undefined) return void violations.push(`nobody uploaded ${JSON.stringify(record.input)}`);
  if (!isDeepStrictEqual(end, ends[upload.kind]))
    violations.push(`${upload.name} has ended as ${JSON.stringify(execution?.Results)} ${execution?.Status}`);
  const history = await ownHistory(up.own, record.id);
  histories.set(record, history);
  const endings = history.filter(({ type }) => /^Execution(Completed|Errored)$/.test(type)).length;
  const steps = (Steps?.length ?? 0) + (OnExceptionSteps?.length ?? 0);
  const stepEnds = history.filter(({ type }) => /^Step(Completed|Errored)$/.test(type)).length;
  if (endings !== 1 || stepEnds !== steps)
    violations.push(`${upload.name} has the history ${history.map(({ type }) => type).join(' ')}`);
  const due = dues.get(record.name);
  const failed = history.find(({ type }) => type === 'StepErrored');
  if (upload.kind === 'unanswered' && due !== undefined && failed !== undefined && failed.time < due)
    violations.push(`${upload.name} was to time out at ${due}, not at ${failed.time}`);
}

/** Each event stands once in the stream of its execution, in order. */
async function checkLogs(
  { lines, violations }: TransferLedger,
  { data }: CrashPlace,
  records: Iterable<ExecutionRecord>,
): Promise<void> {
  for (const record of records) {
    const line = Object.values(lines).find(({ workflowId }) => workflowId === record.scope);
    const stream = `alice.${record.scope}.${record.name.replaceAll('-', '').slice(0, 16)}`;
    const file = streamPath(join(data, 'logs'), { group: `/aws/transfer/${line?.serverId}`, stream });
    const logged = (await readLines<{ type: string }>(file).catch(() => [])).map(({ type }) => type);
    const happened = (histories.get(record) ?? []).map(({ type }) => type);
    if (!isDeepStrictEqual(logged, happened))
      violations.push(`the log of ${record.name} has ${logged.join(' ')} in place of ${happened.join(' ')}`);
  }
}

async function checkStorage(
  ledger: TransferLedger,
  { shelves }: CrashPlace,
  started: ReadonlySet<string>,
): Promise<void> {
  for (const side of ['in', 'out'] as const) {
    const left = shelves.temporary(side);
    if (left.length > 0) ledger.violations.push(`temporary files are left in ${side}: ${left.join(' ')}`);
  }
  await auditFiles(shelves, ledger, started);
}

/** A step that is called again is called with the same token. */
function checkCalls({ violations }: TransferLedger, { folder }: CrashPlace) {
  const tokens = new Map<string, string>();
  const calls = answeredCalls(folder);
  for (const { token, serviceMetadata } of calls) {
    const { executionId } = serviceMetadata.executionDetails;
    const before = tokens.get(executionId) ?? token;
    if (before !== token) violations.push(`${executionId} was called with two tokens`);
    tokens.set(executionId, token);
  }
  return { calls: calls.length, callsAgain: calls.length - tokens.size };
}
