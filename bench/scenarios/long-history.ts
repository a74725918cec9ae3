import { type SwfCaller, swfClient } from '../load/swf-client.ts';
import { type Tally, tally } from '../load/tally.ts';
import { type LoadNames, pollInput, registerTypes, startInput } from '../load/workflow.ts';
import type { BenchOptions, Report, Row, Target } from '../measure/report.ts';
import { startOrrery } from '../peers/orrery.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const eventsWanted = 20_000;
const markersPerDecision = 900;
const names: LoadNames = { domain: 'long', taskList: 'chronicle' };
const workflowId = 'chronicle';

interface Page {
  readonly events: readonly { readonly eventId: number }[];
  readonly nextPageToken?: string;
}

interface DecisionPage extends Page {
  readonly taskToken: string;
  readonly startedEventId: number;
}

/** Milliseconds of each read. */
interface Reads {
  readonly pollAfterRestart: number;
  readonly poll: number;
  readonly forward: number;
  readonly reverse: number;
  readonly wholeForward: number;
  readonly wholeReverse: number;
}

/** One execution with 20,000 events: how long the pages of its history take. */
export async function longHistory(options: BenchOptions): Promise<Report> {
  const problems = tally();
  const results: Reads[] = [];
  await inTemporaryDirectory('bench-long', async (path) => {
    options.say(`long history: recording ${eventsWanted} events`);
    const runId = await onServer(path, build);
    for (let round = 1; round <= options.rounds; round += 1) {
      options.say(`long history, round ${round} of ${options.rounds}`);
      results.push(await onServer(path, (caller) => readPages(caller, runId, problems)));
    }
  });
  return { rows: rowsOf(results), problems: problems.lines().map((line) => `long history: ${line}`) };
}

async function onServer<T>(path: string, work: (caller: SwfCaller) => Promise<T>): Promise<T> {
  const server = await startOrrery(path);
  const caller = swfClient(server.endpoint)();
  try {
    return await work(caller);
  } finally {
    caller.close();
    await server.stop();
  }
}

/** Signals and big batches of markers until the history is long enough; leaves a decision task waiting. */
async function build(caller: SwfCaller): Promise<string> {
  await registerTypes({ ...caller, close: () => {} }, names);
  const started = await caller.ask('StartWorkflowExecution', JSON.parse(startInput(names, workflowId)));
  for (;;) {
    const { taskToken, startedEventId } = await pollLastEvent(caller);
    const missing = eventsWanted - startedEventId;
    await complete(caller, taskToken, Math.max(0, Math.min(markersPerDecision, missing)));
    await signal(caller);
    if (missing <= 0) return (started as { runId: string }).runId;
  }
}

async function pollLastEvent(caller: SwfCaller): Promise<DecisionPage> {
  const { domain, taskList } = names;
  const input = { domain, taskList: { name: taskList }, maximumPageSize: 1, reverseOrder: true };
  return (await caller.ask('PollForDecisionTask', input)) as DecisionPage;
}

async function complete(caller: SwfCaller, taskToken: string, markers: number): Promise<void> {
  const decisions = Array.from({ length: markers }, (_, marker) => ({
    decisionType: 'RecordMarker',
    recordMarkerDecisionAttributes: { markerName: `step-${marker}`, details: 'x'.repeat(100) },
  }));
  await caller.ask('RespondDecisionTaskCompleted', { taskToken, decisions });
}

async function signal(caller: SwfCaller): Promise<void> {
  const { domain } = names;
  await caller.ask('SignalWorkflowExecution', {
    domain,
    workflowId,
    signalName: 'next',
    input: 'x'.repeat(100),
  });
}

async function readPages(caller: SwfCaller, runId: string, problems: Tally): Promise<Reads> {
  const pollAfterRestart = await timedPoll(caller, problems);
  const poll = await timedPoll(caller, problems);
  const page = (reverseOrder: boolean) => ({ runId, reverseOrder, problems });
  const [forward, wholeForward] = await timedHistory(caller, page(false));
  const [reverse, wholeReverse] = await timedHistory(caller, page(true));
  return { pollAfterRestart, poll, forward, reverse, wholeForward, wholeReverse };
}

/** The first page of the waiting decision task; leaves another one waiting. */
async function timedPoll(caller: SwfCaller, problems: Tally): Promise<number> {
  const begun = performance.now();
  const reply = await caller.call('PollForDecisionTask', pollInput(names, 'reader'));
  const taken = performance.now() - begun;
  const task = JSON.parse(reply.body) as Partial<DecisionPage>;
  if (!task.events || !task.taskToken) throw new Error(`no decision task was waiting: ${reply.body}`);
  if (task.events.some((event, index) => event.eventId !== index + 1))
    problems.count('a gap in a decision task');
  await complete(caller, task.taskToken, 0);
  await signal(caller);
  return taken;
}

interface WholeHistory {
  readonly runId: string;
  readonly reverseOrder: boolean;
  readonly problems: Tally;
}

/** Milliseconds of the first page and of all pages, which must hold every event once. */
async function timedHistory(caller: SwfCaller, { runId, reverseOrder, problems }: WholeHistory) {
  const input = { domain: names.domain, execution: { workflowId, runId }, reverseOrder };
  const ids: number[] = [];
  const begun = performance.now();
  let first = 0;
  let nextPageToken: string | undefined;
  do {
    const body = JSON.stringify({ ...input, ...(nextPageToken === undefined ? {} : { nextPageToken }) });
    const reply = await caller.call('GetWorkflowExecutionHistory', body);
    first ||= performance.now() - begun;
    const page = JSON.parse(reply.body) as Page;
    for (const event of page.events) ids.push(event.eventId);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken !== undefined);
  const taken = performance.now() - begun;
  if (reverseOrder) ids.reverse();
  if (ids.length < eventsWanted) problems.count(`only ${ids.length} events`);
  if (ids.some((id, index) => id !== index + 1)) problems.count('a gap in the pages');
  return [first, taken] as const;
}

function rowsOf(results: readonly Reads[]): Row[] {
  const target: Target = { of: 'value', bound: 'at most', limit: 50 };
  const row = (what: string, figure: keyof Reads): Row => ({
    what: `20,000 events: ${what}, ms`,
    ours: results.map((result) => result[figure]),
  });
  return [
    { ...row('first page of a decision poll', 'poll'), target },
    { ...row('the same, first after a restart', 'pollAfterRestart'), target },
    { ...row('first page forward', 'forward'), target },
    { ...row('first page in reverse', 'reverse'), target },
    row('all pages forward', 'wholeForward'),
    row('all pages in reverse', 'wholeReverse'),
  ];
}
