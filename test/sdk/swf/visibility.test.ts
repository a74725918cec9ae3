import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type {
  CountClosedWorkflowExecutionsInput,
  ExecutionTimeFilter,
  ListClosedWorkflowExecutionsInput,
  ListOpenWorkflowExecutionsInput,
} from '@aws-sdk/client-swf';
import { cancel, complete, continueAsNew, fail } from '../../apis/swf/machine/decisions.ts';
import { domain, everything, openWorld, type Run, type SdkWorld, workflowType } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

/** One execution a second: of two types, with tags, in every way of being closed. */
interface Filled {
  readonly world: SdkWorld;
  /** Time of the first start. */
  readonly start: number;
}

const SECOND = 1_000;
const other = { name: 'Order', version: '2' };

async function fill(context: TestContext): Promise<Filled> {
  const world = await openWorld(context);
  const { swf, clock } = world;
  await swf.registerWorkflowType({ domain, ...other });
  const start = clock.now();
  const settings = {
    taskList: { name: 'deciders' },
    executionStartToCloseTimeout: '1000',
    taskStartToCloseTimeout: '10',
    childPolicy: 'ABANDON' as const,
  };
  const begin = async (workflowId: string, more: object = {}): Promise<Run> => {
    const run = await world.start({ ...settings, ...more }, workflowId);
    await world.advance(SECOND);
    return run;
  };
  const endings: Readonly<Record<string, () => Promise<unknown>>> = {
    completed: () => world.decide(complete()),
    failed: () => world.decide(fail()),
    canceled: () => world.decide(cancel()),
    terminated: () => swf.terminateWorkflowExecution({ domain, workflowId: 'terminated' }),
    continued: () => world.decide(continueAsNew(settings)),
  };
  // Started at seconds 0 to 4, each closed a second later; `continued` leaves an open run behind, started at 5.
  for (const [workflowId, end] of Object.entries(endings)) {
    await begin(workflowId, { tagList: ['all', workflowId] });
    await end();
  }
  await world.poll();
  // Started at 5 and 6, closed at 7 by the clock and by hand.
  await begin('timedout', {
    executionStartToCloseTimeout: '2',
    workflowType: other,
    taskList: { name: 'x' },
  });
  await begin('completed', { workflowType: other, taskList: { name: 'y' }, tagList: ['all'] });
  await world.decideOn('y', complete());
  // Open: started at 7, 8 and 9.
  await begin('one', { tagList: ['all', 'first'], taskList: { name: 'z' } });
  await begin('two', { tagList: ['all'], workflowType: other, taskList: { name: 'z' } });
  await begin('three', { workflowType: { name: 'Bare', version: '1' }, taskList: { name: 'z' } });
  return { world, start };
}

/** From and to are seconds after the first start. */
const between = (start: number, from: number, to?: number): ExecutionTimeFilter => ({
  oldestDate: new Date(start + from * SECOND),
  ...(to !== undefined && { latestDate: new Date(start + to * SECOND) }),
});

type OpenQuery = Omit<ListOpenWorkflowExecutionsInput, 'domain'>;
type ClosedQuery = Omit<ListClosedWorkflowExecutionsInput, 'domain'>;

test('open executions', async (context) => {
  const { world, start } = await fill(context);
  const { swf } = world;
  const all = ['three', 'two', 'one', 'continued'];
  const startTimeFilter = everything;
  const cases: readonly (readonly [string, OpenQuery, readonly string[]])[] = [
    ['newest first', { startTimeFilter }, all],
    ['reversed: oldest first', { startTimeFilter, reverseOrder: true }, all.toReversed()],
    ['since, inclusive', { startTimeFilter: between(start, 8) }, ['three', 'two']],
    ['until, inclusive', { startTimeFilter: between(start, 0, 8) }, ['two', 'one', 'continued']],
    ['a moment', { startTimeFilter: between(start, 8, 8) }, ['two']],
    ['before everything', { startTimeFilter: between(start, -9, -1) }, []],
    ['of a type', { startTimeFilter, typeFilter: { name: 'Order' } }, ['two', 'one', 'continued']],
    ['of a version', { startTimeFilter, typeFilter: workflowType }, ['one', 'continued']],
    [
      'of any version',
      { startTimeFilter, typeFilter: { name: 'Order', version: '' } },
      ['two', 'one', 'continued'],
    ],
    ['of a type and time', { startTimeFilter: between(start, 8), typeFilter: { name: 'Order' } }, ['two']],
    ['with a tag', { startTimeFilter, tagFilter: { tag: 'all' } }, ['two', 'one']],
    ['with a tag that only begins so', { startTimeFilter, tagFilter: { tag: 'al' } }, []],
    ['of a workflow id', { startTimeFilter, executionFilter: { workflowId: 'two' } }, ['two']],
    ['of a workflow id that is closed', { startTimeFilter, executionFilter: { workflowId: 'failed' } }, []],
  ];
  for (const [what, query, expected] of cases) {
    const { executionInfos } = await swf.listOpenWorkflowExecutions({ domain, ...query });
    assert.deepEqual(
      executionInfos?.map(({ execution }) => execution?.workflowId),
      expected,
      what,
    );
    assert.ok(
      executionInfos.every((info) => info.executionStatus === 'OPEN' && info.closeStatus === undefined),
    );
    const { reverseOrder: _, ...counted } = query;
    const { count, truncated } = await swf.countOpenWorkflowExecutions({ domain, ...counted });
    assert.deepEqual([count, truncated], [expected.length, false], what);
  }
});

test('closed executions', async (context) => {
  const { world, start } = await fill(context);
  const { swf } = world;
  const all = ['completed 2', 'timedout', 'continued', 'terminated', 'canceled', 'failed', 'completed'];
  const startTimeFilter = everything;
  const closeTimeFilter = everything;
  const closeStatus = (status: string) => ({ closeStatusFilter: { status: status as 'COMPLETED' } });
  const cases: readonly (readonly [string, ClosedQuery, readonly string[]])[] = [
    ['by start, newest first', { startTimeFilter }, all],
    ['by start, oldest first', { startTimeFilter, reverseOrder: true }, all.toReversed()],
    ['started since', { startTimeFilter: between(start, 4) }, ['completed 2', 'timedout', 'continued']],
    ['started until', { startTimeFilter: between(start, 0, 1) }, ['failed', 'completed']],
    ['closed since', { closeTimeFilter: between(start, 5, 6) }, ['continued']],
    ['closed until', { closeTimeFilter: between(start, 0, 2) }, ['failed', 'completed']],
    ['closed at', { closeTimeFilter: between(start, 4, 4) }, ['terminated']],
    [
      'by close, oldest first',
      { closeTimeFilter: between(start, 1, 3), reverseOrder: true },
      ['completed', 'failed', 'canceled'],
    ],
    ['completed', { startTimeFilter, ...closeStatus('COMPLETED') }, ['completed 2', 'completed']],
    ['failed', { closeTimeFilter, ...closeStatus('FAILED') }, ['failed']],
    ['canceled', { startTimeFilter, ...closeStatus('CANCELED') }, ['canceled']],
    ['terminated', { closeTimeFilter, ...closeStatus('TERMINATED') }, ['terminated']],
    ['continued', { startTimeFilter, ...closeStatus('CONTINUED_AS_NEW') }, ['continued']],
    ['timed out', { closeTimeFilter, ...closeStatus('TIMED_OUT') }, ['timedout']],
    [
      'completed in time',
      { closeTimeFilter: between(start, 2), ...closeStatus('COMPLETED') },
      ['completed 2'],
    ],
    ['of a type', { startTimeFilter, typeFilter: { name: 'Order' } }, all],
    ['of a version', { startTimeFilter, typeFilter: other }, ['completed 2', 'timedout']],
    [
      'of a version, by start oldest first',
      { startTimeFilter, typeFilter: other, reverseOrder: true },
      ['timedout', 'completed 2'],
    ],
    ['with a tag', { startTimeFilter, tagFilter: { tag: 'all' } }, all.filter((name) => name !== 'timedout')],
    ['with a tag of its own', { closeTimeFilter, tagFilter: { tag: 'canceled' } }, ['canceled']],
    [
      'of a workflow id',
      { startTimeFilter, executionFilter: { workflowId: 'completed' } },
      ['completed 2', 'completed'],
    ],
    [
      'of a workflow id, in time',
      { startTimeFilter: between(start, 1), executionFilter: { workflowId: 'completed' } },
      ['completed 2'],
    ],
    ['of a workflow id that is open', { startTimeFilter, executionFilter: { workflowId: 'one' } }, []],
  ];
  for (const [what, query, expected] of cases) {
    const { executionInfos = [] } = await swf.listClosedWorkflowExecutions({ domain, ...query });
    const names = executionInfos.map(({ execution, workflowType: type }) =>
      execution?.workflowId === 'completed' && type?.version === '2' ? 'completed 2' : execution?.workflowId,
    );
    assert.deepEqual(names, expected, what);
    assert.ok(
      executionInfos.every((info) => info.executionStatus === 'CLOSED' && info.closeTimestamp !== undefined),
    );
    const { reverseOrder: _, ...counted } = query;
    const { count, truncated } = await swf.countClosedWorkflowExecutions({ domain, ...counted });
    assert.deepEqual([count, truncated], [expected.length, false], what);
  }
});

test('an execution is in one of the lists, at once', async (context) => {
  const world = await openWorld(context);
  const counts = async () => [
    (await world.swf.countOpenWorkflowExecutions({ domain, startTimeFilter: everything })).count,
    (await world.swf.countClosedWorkflowExecutions({ domain, startTimeFilter: everything })).count,
  ];
  assert.deepEqual(await counts(), [0, 0]);
  await world.start();
  assert.deepEqual(await counts(), [1, 0]);
  await world.decide(complete());
  assert.deepEqual(await counts(), [0, 1]);
});

test('filters that exclude each other are refused', async (context) => {
  const { swf } = await openWorld(context);
  const filters = {
    typeFilter: { name: 'Order' },
    tagFilter: { tag: 't' },
    executionFilter: { workflowId: 'W' },
    closeStatusFilter: { status: 'FAILED' as const },
  };
  const refused = async (message: string, query: Omit<CountClosedWorkflowExecutionsInput, 'domain'>) => {
    await refuses(swf.listClosedWorkflowExecutions({ domain, ...query }), 'ValidationException', message);
    await refuses(swf.countClosedWorkflowExecutions({ domain, ...query }), 'ValidationException', message);
  };
  const names = Object.keys(filters) as (keyof typeof filters)[];
  for (const [index, one] of names.entries()) {
    for (const two of names.slice(index + 1)) {
      const message = `Cannot specify more than one exclusive filters in the same query: ${one}, ${two}`;
      const both = { [one]: filters[one], [two]: filters[two], startTimeFilter: everything };
      await refused(message, both);
      if (two === 'closeStatusFilter') continue;
      await refuses(swf.listOpenWorkflowExecutions({ domain, ...both }), 'ValidationException', message);
      await refuses(swf.countOpenWorkflowExecutions({ domain, ...both }), 'ValidationException', message);
    }
  }
  await refused('Must specify time filter', {});
  const times = { startTimeFilter: everything, closeTimeFilter: everything };
  await refused('Cannot specify both a startTimeFilter and a closeTimeFilter', times);
  const open = swf.countOpenWorkflowExecutions({ domain, startTimeFilter: undefined });
  await refuses(open, 'ValidationException', /Value null at 'startTimeFilter' .* must not be null$/);
});
