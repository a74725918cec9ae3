import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CaseRun } from '../../apis/cloudflow/cases/case.ts';
import { CASES } from '../../apis/cloudflow/cases/cases.ts';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { type FnfClient, fnfClient } from '../../support/fnf-client.ts';
import { type Doubles, openDoubles } from '../../support/open-doubles.ts';
import { startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

interface Event {
  readonly EventId: number;
  readonly ScheduleEventId: number;
  readonly Type: string;
  readonly StepName: string;
  readonly EventDetail: string;
  readonly Time: string;
}

interface Execution {
  readonly Name: string;
  readonly Status: string;
  readonly Input: string;
  readonly Output: string;
}

interface World {
  readonly client: FnfClient;
  readonly clock: FixedClock;
  readonly doubles: Doubles;
}

/** The whole product, its functions configured as modules, and the vendor's client. */
async function openWorld(test: TestContext): Promise<World> {
  const { path } = await makeTemporaryDirectory(test);
  const doubles = openDoubles(path);
  const clock = createFixedClock(Date.now());
  const server = await startServer({ clock, functions: doubles.functions });
  test.after(() => server.stop());
  const { accessKeyId, secretAccessKey: accessKeySecret } = server.credentials;
  return { client: fnfClient({ endpoint: server.endpoint, accessKeyId, accessKeySecret }), clock, doubles };
}

const createFlow = ({ client }: World, Name: string, Definition: string) =>
  client.createFlow({ Name, Definition, Description: Name, Type: 'FDL' });

async function describe({ client }: World, FlowName: string, ExecutionName: string): Promise<Execution> {
  return (await client.describeExecution({ FlowName, ExecutionName })) as unknown as Execution;
}

/** Steps of the clock in which the server's own time passes while a test waits. */
const STEP_MS = 50;

/** Describes an execution until it has ended, and lets time pass meanwhile. */
async function finish(world: World, flow: string, name: string): Promise<Execution> {
  while (true) {
    const execution = await describe(world, flow, name);
    if (execution.Status !== 'Running') return execution;
    world.clock.advance(STEP_MS);
  }
}

/** The token that the task gave to its function. */
async function tokenGiven({ clock, doubles }: World): Promise<unknown> {
  while (true) {
    const [call] = doubles.calls();
    if (call !== undefined) return call.event.taskToken ?? call.event.token;
    clock.advance(1);
    await new Promise(setImmediate);
  }
}

async function report(world: World, given: NonNullable<CaseRun['report']>): Promise<void> {
  const TaskToken = await tokenGiven(world);
  if (given.ok) {
    await world.client.reportTaskSucceeded({ TaskToken, Output: JSON.stringify(given.output) });
  } else {
    await world.client.reportTaskFailed({ TaskToken, Error: given.error, Cause: given.cause });
  }
}

async function historyOf({ client }: World, FlowName: string, ExecutionName: string): Promise<Event[]> {
  const answer = await client.getExecutionHistory({ FlowName, ExecutionName, Limit: 999 });
  return answer.Events as Event[];
}

/** Seconds from what begins a wait to what ends it: a wait itself, or the pause before another attempt. */
function waitsIn(history: readonly Event[]): number[] {
  return history.flatMap(({ Type, StepName, Time }, place) => {
    const end = history.slice(place + 1).find((later) => later.StepName === StepName);
    const isPause = Type === 'TaskFailed' && end?.Type === 'TaskScheduled';
    const isWait = Type === 'StepStarted' && end?.Type === 'StepSucceeded';
    const seconds = (Date.parse(end?.Time ?? Time) - Date.parse(Time)) / 1000;
    return isPause || (isWait && seconds > 0) ? [seconds] : [];
  });
}

function countCalls({ doubles }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of doubles.calls()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function checkEnd({ Status, Output }: Execution, history: readonly Event[], { expected }: CaseRun): void {
  const detail = JSON.parse(history.at(-1)?.EventDetail ?? '');
  assert.equal(Status, expected.status, detail.error);
  assert.equal(history.at(-1)?.Type, `Execution${expected.status}`);
  if (expected.status === 'Succeeded') {
    assert.deepEqual(JSON.parse(Output), expected.output);
    assert.deepEqual(detail.output, expected.output);
  } else {
    assert.equal(Output, '');
    assert.equal(detail.error, expected.error);
    if (expected.cause !== undefined) assert.equal(detail.cause, expected.cause);
  }
}

async function checkChildren(world: World, children: NonNullable<CaseRun['children']>): Promise<void> {
  for (const [FlowName, count] of Object.entries(children)) {
    const { Executions } = await world.client.listExecutions({ FlowName });
    assert.equal((Executions as Execution[]).length, count);
    for (const { Name } of Executions as Execution[]) {
      assert.equal((await finish(world, FlowName, Name)).Status, 'Succeeded');
    }
  }
}

for (const { id, title, definition, others, runs } of CASES) {
  for (const [place, run] of runs.entries()) {
    test(`${id}, run ${place + 1}: ${title}`, async (t) => {
      const world = await openWorld(t);
      const flow = id.toLowerCase();
      for (const [name, text] of Object.entries({ ...others, [flow]: definition })) {
        await createFlow(world, name, text);
      }
      const Input = JSON.stringify(run.input);
      await world.client.startExecution({ FlowName: flow, ExecutionName: 'run', Input });
      if (run.report !== undefined) await report(world, run.report);
      const execution = await finish(world, flow, 'run');
      assert.equal(execution.Input, Input);
      const history = await historyOf(world, flow, 'run');
      assert.deepEqual(
        history.map(({ EventId }) => EventId),
        history.map((_, index) => index + 1),
      );
      checkEnd(execution, history, run);
      assert.deepEqual(waitsIn(history), run.waits ?? []);
      await checkChildren(world, run.children ?? {});
      assert.deepEqual(countCalls(world), run.calls ?? {});
    });
  }
}

const caseOf = (id: string) => CASES.find((one) => one.id === id) ?? assert.fail(id);

test('L1 leaves the ten events of two steps', async (t) => {
  const world = await openWorld(t);
  await createFlow(world, 'l1', caseOf('L1').definition);
  await world.client.startExecution({ FlowName: 'l1', ExecutionName: 'run' });
  await finish(world, 'l1', 'run');
  const history = await historyOf(world, 'l1', 'run');
  const step = ['StepEntered', 'StepStarted', 'StepSucceeded', 'StepExited'];
  assert.deepEqual(
    history.map(({ Type }) => Type),
    ['ExecutionStarted', ...step, ...step, 'ExecutionSucceeded'],
  );
  assert.deepEqual(
    history.map(({ ScheduleEventId }) => ScheduleEventId),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
});

test('S11 started again finds its child finished, and says so', async (t) => {
  const world = await openWorld(t);
  const { definition, others } = caseOf('S11');
  await createFlow(world, 'child', others.child ?? '');
  await createFlow(world, 's11', definition);
  await world.client.startExecution({ FlowName: 's11', ExecutionName: 'first', Input: '{"n":2}' });
  await finish(world, 's11', 'first');
  const child = await finish(world, 'child', 'child-1');
  assert.deepEqual([child.Input, JSON.parse(child.Output)], ['{"n":2}', { n: 4 }]);
  await world.client.startExecution({ FlowName: 's11', ExecutionName: 'second', Input: '{"n":2}' });
  assert.equal((await finish(world, 's11', 'second')).Status, 'Failed');
  const end = (await historyOf(world, 's11', 'second')).at(-1);
  assert.equal(JSON.parse(end?.EventDetail ?? '').error, 'FNF.ExecutionAlreadyExists');
});
