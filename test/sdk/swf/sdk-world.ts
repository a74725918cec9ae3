import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type {
  ActivityTask,
  DecisionTask,
  PollForDecisionTaskInput,
  RespondDecisionTaskCompletedInput,
  Decision as SdkDecision,
  HistoryEvent as SdkEvent,
  StartWorkflowExecutionInput,
  SWF,
  WorkflowExecutionDetail,
  WorkflowExecutionInfo,
} from '@aws-sdk/client-swf';
import type { Decision } from '../../../src/apis/swf/machine/decisions.ts';
import { attributesKey, type EventType, type HistoryEvent } from '../../../src/apis/swf/machine/events.ts';
import { checkHistory } from '../../apis/swf/machine/history-rules.ts';
import { lines } from '../../apis/swf/machine/notation.ts';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { type ServerOptions, startServer, type TestServer } from '../../support/start-server.ts';
import { createClient } from './swf-client.ts';

export const domain = 'orders';
export const workflowType = { name: 'Order', version: '1' };
export const activityType = { name: 'Pack', version: '1' };
export const everything = { oldestDate: new Date(0) };

/** One run: as requests name it. */
export interface Run {
  readonly workflowId: string;
  readonly runId: string;
}

export type Started<Task> = { readonly [K in keyof Task]-?: NonNullable<Task[K]> };

/** No answer of a server in the same process takes that long. */
const PATIENCE_MS = 10_000;
/** Turns of the event loop after which nothing goes on by itself in a process that waits for nobody. */
const QUIET_TURNS = 25;

/** A server with one domain, and deciders and workers that reach it through the vendor's client. */
export class SdkWorld {
  readonly server: TestServer;
  readonly clock: FixedClock;
  readonly swf: SWF;

  constructor(server: TestServer, clock: FixedClock) {
    this.server = server;
    this.clock = clock;
    this.swf = createClient(server);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.swf.destroy();
  }

  /** Both types with every default, a workflow and an activity type without any, and a deprecated one of each. */
  async registerAll(): Promise<void> {
    const { swf } = this;
    await swf.registerDomain({ name: domain, workflowExecutionRetentionPeriodInDays: '2' });
    await swf.registerWorkflowType({
      domain,
      ...workflowType,
      defaultTaskList: { name: 'deciders' },
      defaultExecutionStartToCloseTimeout: '3600',
      defaultTaskStartToCloseTimeout: '10',
      defaultChildPolicy: 'TERMINATE',
    });
    await swf.registerActivityType({
      domain,
      ...activityType,
      defaultTaskList: { name: 'packers' },
      defaultTaskScheduleToStartTimeout: '60',
      defaultTaskScheduleToCloseTimeout: '300',
      defaultTaskStartToCloseTimeout: '120',
      defaultTaskHeartbeatTimeout: 'NONE',
    });
    for (const name of ['Bare', 'Old']) {
      await swf.registerWorkflowType({ domain, name, version: '1' });
      await swf.registerActivityType({ domain, name, version: '1' });
    }
    await swf.deprecateWorkflowType({ domain, workflowType: { name: 'Old', version: '1' } });
    await swf.deprecateActivityType({ domain, activityType: { name: 'Old', version: '1' } });
  }

  async start(overrides: Partial<StartWorkflowExecutionInput> = {}, workflowId = 'W'): Promise<Run> {
    const { runId = '' } = await this.swf.startWorkflowExecution({
      domain,
      workflowId,
      workflowType,
      ...overrides,
    });
    return { workflowId, runId };
  }

  /** A decider polls until it has a task; fails where none comes. */
  async poll(
    list = 'deciders',
    more: Partial<PollForDecisionTaskInput> = {},
  ): Promise<Started<DecisionTask>> {
    const request = { domain, taskList: { name: list }, ...more };
    return givenTask(
      await this.swf.pollForDecisionTask(request, { abortSignal: AbortSignal.timeout(PATIENCE_MS) }),
    );
  }

  respond(
    { taskToken }: { readonly taskToken: string },
    decisions: readonly Decision[],
    more: Partial<RespondDecisionTaskCompletedInput> = {},
  ): Promise<unknown> {
    const request = { taskToken, decisions: decisions as unknown as SdkDecision[], ...more };
    return this.swf.respondDecisionTaskCompleted(request);
  }

  /** A decider polls the usual list and answers. */
  async decide(...decisions: readonly Decision[]): Promise<void> {
    await this.respond(await this.poll(), decisions);
  }

  /** The same on another list. */
  async decideOn(list: string, ...decisions: readonly Decision[]): Promise<void> {
    await this.respond(await this.poll(list), decisions);
  }

  /** A worker polls until it has a task; fails where none comes. */
  async work(list = 'packers', identity?: string): Promise<Started<ActivityTask>> {
    const request = { domain, taskList: { name: list }, identity };
    return givenTask(
      await this.swf.pollForActivityTask(request, { abortSignal: AbortSignal.timeout(PATIENCE_MS) }),
    );
  }

  complete({ taskToken }: { readonly taskToken: string }, result?: string): Promise<unknown> {
    return this.swf.respondActivityTaskCompleted({ taskToken, result });
  }

  signal(signalName = 'go', workflowId = 'W'): Promise<unknown> {
    return this.swf.signalWorkflowExecution({ domain, workflowId, signalName });
  }

  /** Moves the clock; what falls due on the way happens. */
  async advance(milliseconds: number): Promise<void> {
    await this.quiet();
    this.clock.advance(milliseconds);
    await this.quiet();
  }

  /** Lets everything happen that happens by itself without time passing. */
  async quiet(): Promise<void> {
    for (let count = 0; count < QUIET_TURNS; count++) await turn();
  }

  describe(execution: Run): Promise<WorkflowExecutionDetail> {
    return this.swf.describeWorkflowExecution({ domain, execution });
  }

  async events(execution: Run): Promise<SdkEvent[]> {
    const { events = [] } = await this.swf.getWorkflowExecutionHistory({ domain, execution });
    return events;
  }

  /** The attributes of one event of a run. */
  async attributes(execution: Run, eventId: number): Promise<Record<string, unknown>> {
    const event = onWire((await this.events(execution))[eventId - 1]);
    return event[attributesKey(event.eventType)] as Record<string, unknown>;
  }

  /** All runs of the domain, oldest first. */
  async runs(): Promise<Run[]> {
    const closed = await this.swf.listClosedWorkflowExecutions({ domain, startTimeFilter: everything });
    const open = await this.swf.listOpenWorkflowExecutions({ domain, startTimeFilter: everything });
    const infos = [...(closed.executionInfos ?? []), ...(open.executionInfos ?? [])];
    infos.sort((a, b) => Number(a.startTimestamp) - Number(b.startTimestamp));
    return infos.map(({ execution }: WorkflowExecutionInfo) => execution as Run);
  }

  /** The latest run of a workflow id. */
  async latest(workflowId: string): Promise<Run> {
    const run = (await this.runs()).findLast((candidate) => candidate.workflowId === workflowId);
    assert.ok(run, `a run of ${workflowId}`);
    return run;
  }

  /** A history as the reference writes it, the n-th run of W being `W/run<n>`; checks what holds of every history. */
  async history(execution: Run): Promise<string> {
    const events = (await this.events(execution)).map(onWire);
    checkHistory(events);
    let text = lines(events);
    const seen = new Map<string, number>();
    for (const { workflowId, runId } of await this.runs()) {
      const count = (seen.get(workflowId) ?? 0) + 1;
      seen.set(workflowId, count);
      text = text.replaceAll(runId, `run${count}`);
    }
    return text;
  }

  /** The latest run of each workflow id comes to that history, and stays there. */
  async expect(expected: Readonly<Record<string, string>>): Promise<void> {
    await this.quiet();
    for (const [workflowId, history] of Object.entries(expected)) {
      assert.equal(await this.history(await this.latest(workflowId)), history);
    }
  }
}

/** Starts a server for one test, stopped when the test ends. */
export async function openWorld(
  context: TestContext,
  options: Omit<ServerOptions, 'clock'> = {},
): Promise<SdkWorld> {
  const clock = createFixedClock();
  const world = new SdkWorld(await startServer({ ...options, clock }), clock);
  context.after(() => world.stop());
  await world.registerAll();
  return world;
}

/** Plays a scenario through the vendor's client; each history it gives must be the expected one of that workflow id. */
export function scenario(
  name: string,
  play: (world: SdkWorld) => Promise<void>,
  expected: Readonly<Record<string, string>>,
): void {
  test(name, async (context) => {
    const world = await openWorld(context);
    await play(world);
    await world.expect(expected);
  });
}

function givenTask<Task extends { taskToken?: string | undefined }>(task: Task): Started<Task> {
  assert.ok(task.taskToken, 'a task');
  return task as Started<Task>;
}

function onWire(event: SdkEvent | undefined): HistoryEvent {
  assert.ok(event, 'such an event');
  const eventType = event.eventType as EventType;
  const key = attributesKey(eventType);
  return {
    eventTimestamp: Number(event.eventTimestamp) / 1000,
    eventType,
    eventId: Number(event.eventId),
    [key]: (event as unknown as Record<string, unknown>)[key],
  };
}
