import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Decision } from '../../src/apis/swf/machine/decisions.ts';
import type { HistoryEvent } from '../../src/apis/swf/machine/events.ts';
import { checkHistory } from '../apis/swf/machine/history-rules.ts';
import { lines } from '../apis/swf/machine/notation.ts';
import type { FixedClock } from '../support/fixed-clock.ts';
import type { RawCaller } from '../support/raw-call.ts';
import type { ReferenceRun } from './reference-run.ts';
import { ReferenceSwf } from './reference-swf.ts';

const LIFETIME_SECONDS = 200;
const workflowType = { name: 'Order', version: '1' };
const LONGEST = '31536000';
const QUIET_TURNS = 15;

interface Token {
  readonly taskToken: string;
  readonly run: ReferenceRun;
  readonly startedEventId: number;
  readonly activityId: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the bare JSON of answers
type Answer = any;

/** The server and the reference side by side: what is done to one is done to the other, and both must answer alike. */
export class Both {
  readonly reference: ReferenceSwf;
  readonly #caller: RawCaller;
  readonly #clock: FixedClock;
  readonly #domain: string;
  readonly #decisions = new Map<string, Token>();
  readonly #activities = new Map<string, Token>();

  constructor(caller: RawCaller, clock: FixedClock, domain: string) {
    this.#caller = caller;
    this.#clock = clock;
    this.#domain = domain;
    this.reference = new ReferenceSwf(clock.now(), LIFETIME_SECONDS * 1_000);
  }

  /** The type's defaults are what the reference takes for granted. */
  async register(): Promise<void> {
    const domain = this.#domain;
    await this.#call('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '90' });
    await this.#call('RegisterWorkflowType', {
      domain,
      ...workflowType,
      defaultExecutionStartToCloseTimeout: String(LIFETIME_SECONDS),
      defaultTaskStartToCloseTimeout: '10',
      defaultChildPolicy: 'TERMINATE',
    });
    await this.#call('RegisterActivityType', {
      domain,
      name: 'Pack',
      version: '1',
      defaultTaskScheduleToStartTimeout: 'NONE',
      defaultTaskScheduleToCloseTimeout: 'NONE',
      defaultTaskStartToCloseTimeout: 'NONE',
      defaultTaskHeartbeatTimeout: 'NONE',
    });
  }

  /** The name of the fault, or undefined for a success; `reply` gets the answer. */
  async #call(
    operation: string,
    body: object,
    reply: (answer: Answer) => void = () => {},
  ): Promise<string | undefined> {
    const answer = await this.#caller.call({ target: `SimpleWorkflowService.${operation}`, body });
    for (let count = 0; count < QUIET_TURNS; count++) await turn();
    const json = answer.body === '' ? {} : JSON.parse(answer.body);
    if (answer.status !== 200) return String(json.__type).replace(/^.*#/, '');
    reply(json);
    return undefined;
  }

  async start(workflowId: string, childPolicy: string): Promise<void> {
    const isNew = this.reference.start(workflowId, childPolicy);
    const settings = { workflowType, taskList: { name: workflowId }, childPolicy };
    const fault = await this.#call('StartWorkflowExecution', {
      domain: this.#domain,
      workflowId,
      ...settings,
    });
    assert.equal(fault, isNew ? undefined : 'WorkflowExecutionAlreadyStartedFault');
  }

  async poll(workflowId: string): Promise<void> {
    const run = this.reference.open(workflowId);
    if (run === undefined || !run.canPoll) return;
    run.startDecision(this.reference.now);
    const request = { domain: this.#domain, taskList: { name: workflowId } };
    const fault = await this.#call('PollForDecisionTask', request, ({ taskToken, startedEventId }) => {
      assert.equal(startedEventId, run.decision?.started ?? 0);
      this.#decisions.set(workflowId, { taskToken, run, startedEventId, activityId: '' });
    });
    assert.equal(fault, undefined);
  }

  async respond(workflowId: string, decisions: readonly Decision[]): Promise<void> {
    const token = this.#decisions.get(workflowId);
    if (token === undefined) return;
    const { taskToken, run, startedEventId } = token;
    const isValid = run.isOpen && run.decision?.started === startedEventId;
    if (isValid) this.reference.respond(run, decisions);
    const fault = await this.#call('RespondDecisionTaskCompleted', { taskToken, decisions });
    assert.equal(fault, isValid ? undefined : 'UnknownResourceFault');
  }

  async work(workflowId: string): Promise<void> {
    const [activityId, activity] = this.reference.open(workflowId)?.waitingActivity ?? [];
    const run = this.reference.open(workflowId);
    if (run === undefined || activityId === undefined || activity === undefined) return;
    run.startActivity(activity, this.reference.now);
    const request = { domain: this.#domain, taskList: { name: workflowId } };
    const fault = await this.#call('PollForActivityTask', request, ({ taskToken, ...task }) => {
      assert.deepEqual([task.activityId, task.startedEventId], [activityId, activity.started]);
      this.#activities.set(workflowId, { taskToken, run, startedEventId: task.startedEventId, activityId });
    });
    assert.equal(fault, undefined);
  }

  async finish(workflowId: string, how: 'Completed' | 'Failed' | 'Canceled' | 'Heartbeat'): Promise<void> {
    const token = this.#activities.get(workflowId);
    if (token === undefined) return;
    const { taskToken, run, startedEventId, activityId } = token;
    const activity = run.activities.get(activityId);
    const isValid = run.isOpen && activity?.started === startedEventId;
    const expected = isValid ? undefined : 'UnknownResourceFault';
    if (how === 'Heartbeat') {
      if (isValid) run.beat(activity, this.reference.now);
      const fault = await this.#call('RecordActivityTaskHeartbeat', { taskToken }, ({ cancelRequested }) =>
        assert.equal(cancelRequested, activity?.cancel !== 0),
      );
      assert.equal(fault, expected);
      return;
    }
    const events = { Completed: 'ATC', Failed: 'ATF', Canceled: 'ATCa' };
    const last = how === 'Canceled' && activity?.cancel ? [`latest${activity.cancel}`] : [];
    if (isValid) run.endActivity(activityId, events[how], last);
    assert.equal(await this.#call(`RespondActivityTask${how}`, { taskToken }), expected);
  }

  async fromOutside(workflowId: string, what: 'Signal' | 'RequestCancel' | 'Terminate'): Promise<void> {
    const run = this.reference.open(workflowId);
    if (run !== undefined && what === 'Signal') run.news('Signaled(go,ext0)');
    if (run !== undefined && what === 'RequestCancel') {
      run.cancelRequested = true;
      run.news('CancelRequested(ext0)');
    }
    if (run !== undefined && what === 'Terminate') this.reference.terminate(run);
    const request = { domain: this.#domain, workflowId, ...(what === 'Signal' && { signalName: 'go' }) };
    const fault = await this.#call(`${what}WorkflowExecution`, request);
    assert.equal(fault, run === undefined ? 'UnknownResourceFault' : undefined);
  }

  async advance(milliseconds: number): Promise<void> {
    this.reference.advance(milliseconds);
    this.#clock.advance(milliseconds);
    for (let count = 0; count < QUIET_TURNS; count++) await turn();
  }

  /** Every run of the server is the one of the reference: history, counts, status. */
  async compare(): Promise<void> {
    await this.advance(1);
    const shown: string[] = [];
    const executions = await this.#executions();
    const hideIds = (text: string): string =>
      executions.reduce((hidden, { runId }) => hidden.replaceAll(runId, '#'), text);
    for (const execution of executions) shown.push(hideIds(await this.#show(execution)));
    const expected = this.reference.runs.map((run) =>
      JSON.stringify({
        workflowId: run.workflowId,
        status: run.status,
        cancelRequested: run.isOpen && run.cancelRequested,
        ...run.openCounts(),
        history: run.lines.join(' '),
      }),
    );
    assert.deepEqual(shown.sort(), expected.sort());
  }

  async #executions(): Promise<{ readonly workflowId: string; readonly runId: string }[]> {
    const query = { domain: this.#domain, startTimeFilter: { oldestDate: 0 } };
    const found: Answer[] = [];
    const add = ({ executionInfos }: Answer): void => void found.push(...executionInfos);
    await this.#call('ListOpenWorkflowExecutions', query, add);
    const open = found.map(({ execution }) => execution.workflowId);
    assert.equal(new Set(open).size, open.length, 'one open run of each workflow id');
    await this.#call('ListClosedWorkflowExecutions', query, add);
    return found.map(({ execution }) => execution);
  }

  async #show(execution: { readonly workflowId: string; readonly runId: string }): Promise<string> {
    const request = { domain: this.#domain, execution };
    let events: HistoryEvent[] = [];
    await this.#call('GetWorkflowExecutionHistory', request, (answer) => {
      events = answer.events;
    });
    checkHistory(events);
    let shown = '';
    await this.#call('DescribeWorkflowExecution', request, ({ executionInfo, openCounts }) => {
      const { closeStatus = 'OPEN', cancelRequested } = executionInfo;
      const { openActivityTasks, openDecisionTasks, openTimers, ...others } = openCounts;
      const { workflowId } = execution;
      const counts = { openActivityTasks, openDecisionTasks, openTimers, ...others };
      shown = JSON.stringify({
        workflowId,
        status: closeStatus,
        cancelRequested,
        ...counts,
        history: lines(events),
      });
    });
    return shown;
  }
}

/** Children and successors must not end by the clock: how their news interleave is not laid down. */
export const lasting = { executionStartToCloseTimeout: LONGEST };
