import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, code, flow, openWorld, PASS, waitFor } from './cloudflow-world.ts';

const STATES = (name: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: ${name}\nStartAt: s\nStates:\n  - {Type: Pass, Name: s, End: true}\n`;

test('a flow is what it was created as, over a crash', async (t) => {
  const before = await openWorld(t);
  const Environment = { Variables: [{ Name: 'k', Value: 'v', Description: 'd' }] };
  const created = await before.call('CreateFlow', {
    ...flow('f'),
    Description: 'd d',
    RoleArn: 'acs:ram::1:role/r',
    Environment,
    ResourceGroupId: 'rg',
  });
  assert.match(created.Id, /^[0-9a-f-]{36}$/);
  const { call } = await before.crash();
  const described = await call('DescribeFlow', { Name: 'f' });
  assert.deepEqual(described, created);
  assert.deepEqual(described, {
    Id: created.Id,
    Name: 'f',
    Description: 'd d',
    Type: 'FDL',
    Definition: PASS,
    RoleArn: 'acs:ram::1:role/r',
    ExecutionMode: 'Standard',
    CreatedTime: '2023-11-14T22:13:20.000Z',
    LastModifiedTime: '2023-11-14T22:13:20.000Z',
    Environment,
    ResourceGroupId: 'rg',
  });
  assert.deepEqual((await call('ListFlows', {})).Flows, [created]);
});

test('a flow exists once, and one that does not exist says so in the words that clients look for', async (t) => {
  const { call } = await openWorld(t);
  await call('CreateFlow', flow('f'));
  assert.equal(code(await call('CreateFlow', flow('f'))), '409 FlowAlreadyExists');
  const { status, Code, Message } = await call('DescribeFlow', { Name: 'nope' });
  assert.deepEqual([status, Code, Message], [404, 'FlowNotExists', "Flow 'nope' does not exist."]);
});

const REFUSED: Readonly<Record<string, Parameters<typeof flow> | [string, string, object]>> = {
  'no YAML': ['f', '{'],
  'no flow': ['f', 'a: b'],
  'a step of no type': ['f', 'version: v1\ntype: flow\nsteps:\n  - type: jump\n    name: a\n'],
  'the name of another flow': ['f', STATES('g')],
  'the older language in express mode': ['f', PASS, { ExecutionMode: 'Express' }],
  'too long a wait': ['f', waitFor(172_801)],
};

for (const [what, [name, definition, more]] of Object.entries(REFUSED)) {
  test(`a definition with ${what} is refused, at first and later`, async (t) => {
    const { call } = await openWorld(t);
    assert.equal(
      code(await call('CreateFlow', { ...flow(name, definition), ...more })),
      '400 InvalidArgument',
    );
    if (more !== undefined) return;
    await call('CreateFlow', flow(name));
    assert.equal(
      code(await call('UpdateFlow', { Name: name, Definition: definition ?? '' })),
      '400 InvalidArgument',
    );
    assert.equal((await call('DescribeFlow', { Name: name })).Definition, PASS);
  });
}

test('an update changes what it names', async (t) => {
  const { call, clock } = await openWorld(t);
  const { Id, CreatedTime } = await call('CreateFlow', { ...flow('f'), Description: 'before' });
  clock.advance(1000);
  const changed = await call('UpdateFlow', {
    Name: 'f',
    Description: 'after',
    Environment: { Variables: [{ Name: 'a', Value: 'b' }] },
  });
  assert.deepEqual(changed, {
    Id,
    Name: 'f',
    Description: 'after',
    Type: 'FDL',
    Definition: PASS,
    RoleArn: '',
    CreatedTime,
    LastModifiedTime: '2023-11-14T22:13:21.000Z',
    Environment: { Variables: [{ Name: 'a', Value: 'b' }] },
    ResourceGroupId: '',
    ExternalStorageLocation: '',
  });
  await call('StartExecution', { FlowName: 'f', ExecutionName: 'e' });
  const { Environment } = await call('DescribeExecution', { FlowName: 'f', ExecutionName: 'e' });
  assert.deepEqual(Environment, { Variables: [{ Name: 'a', Value: 'b' }] });
  assert.equal(code(await call('UpdateFlow', { Name: 'nope' })), '404 FlowNotExists');
});

test('flows are listed by name, page by page, of one group where it is asked for', async (t) => {
  const { call } = await openWorld(t);
  for (const name of ['b', 'd', 'a', 'c']) {
    await call('CreateFlow', { ...flow(name), ...(name < 'c' && { ResourceGroupId: 'rg' }) });
  }
  const list = async (input: object): Promise<unknown[]> => {
    const { Flows, NextToken } = await call('ListFlows', input);
    return [Flows.map(({ Name }: Answer) => Name).join(''), NextToken];
  };
  assert.deepEqual(await list({}), ['abcd', undefined]);
  assert.deepEqual(await list({ Limit: 3 }), ['abc', 'd']);
  assert.deepEqual(await list({ Limit: 3, NextToken: 'd' }), ['d', undefined]);
  await call('DeleteFlow', { Name: 'c' });
  assert.deepEqual(await list({ Limit: 1, NextToken: 'c' }), ['d', undefined]);
  assert.deepEqual(await list({ NextToken: 'e' }), ['', undefined]);
  assert.deepEqual(await list({ ResourceGroupId: 'rg' }), ['ab', undefined]);
});

test('quotas and rates are settings', async (t) => {
  const limits = { 'cloudflow.flows': 1, 'cloudflow.openExecutions': 1, 'cloudflow.rate.DescribeFlow': 1 };
  const { call, clock } = await openWorld(t, { limits });
  await call('CreateFlow', flow('f', waitFor(9)));
  assert.equal(code(await call('CreateFlow', flow('g'))), '429 ResourceThrottled');
  await call('StartExecution', { FlowName: 'f' });
  assert.equal(code(await call('StartExecution', { FlowName: 'f' })), '429 ResourceThrottled');
  assert.equal((await call('DescribeFlow', { Name: 'f' })).Name, 'f');
  assert.equal(code(await call('DescribeFlow', { Name: 'f' })), '429 ResourceThrottled');
  assert.equal((await call('DescribeFlow', { Name: 'f' }, { account: '1' })).Code, 'FlowNotExists');
  clock.advance(1000);
  assert.equal((await call('DescribeFlow', { Name: 'f' })).Name, 'f');
});

test('versions stay what they were when they were published', async (t) => {
  const { call } = await openWorld(t);
  await call('CreateFlow', flow('f', PASS));
  const one = await call('PublishFlowVersion', { FlowName: 'f', Description: 'first' });
  assert.deepEqual(one, {
    FlowName: 'f',
    Version: '1',
    Description: 'first',
    CreatedTime: '2023-11-14T22:13:20.000Z',
  });
  await call('UpdateFlow', { Name: 'f', Definition: waitFor(1) });
  assert.equal((await call('PublishFlowVersion', { FlowName: 'f' })).Version, '2');
  assert.equal((await call('DescribeFlow', { Name: 'f', FlowVersion: '1' })).Definition, PASS);
  assert.equal((await call('DescribeFlow', { Name: 'f' })).Definition, waitFor(1));
  const started = await call('StartExecution', { FlowName: 'f', Qualifier: '1' });
  assert.equal(started.FlowDefinition, PASS);
  assert.equal(
    code(await call('StartExecution', { FlowName: 'f', Qualifier: '3' })),
    '404 FlowVersionNotExists',
  );
  assert.deepEqual(await call('DeleteFlowVersion', { FlowName: 'f', FlowVersion: '2' }), {});
  assert.equal(
    code(await call('DeleteFlowVersion', { FlowName: 'f', FlowVersion: '2' })),
    '404 FlowVersionNotExists',
  );
  // A number that was used is not used again.
  assert.equal((await call('PublishFlowVersion', { FlowName: 'f' })).Version, '3');
  for (let number = 4; number <= 11; number++) await call('PublishFlowVersion', { FlowName: 'f' });
  const { FlowVersions, NextToken } = await call('ListFlowVersions', { FlowName: 'f', Limit: 3 });
  const numbers = (versions: Answer[]) => versions.map(({ Version }) => Version);
  assert.deepEqual(numbers(FlowVersions), ['11', '10', '9']);
  const rest = await call('ListFlowVersions', { FlowName: 'f', NextToken });
  assert.deepEqual(numbers(rest.FlowVersions), ['8', '7', '6', '5', '4', '3', '1']);
  assert.equal(rest.NextToken, undefined);
});

test('an alias leads to versions by weight', async (t) => {
  const { call } = await openWorld(t);
  await call('CreateFlow', flow('f', PASS));
  await call('PublishFlowVersion', { FlowName: 'f' });
  await call('UpdateFlow', { Name: 'f', Definition: waitFor(60) });
  await call('PublishFlowVersion', { FlowName: 'f' });
  const routes = (one: number, two: number) => [
    { Version: '1', Weight: one },
    { Version: '2', Weight: two },
  ];
  const created = await call('CreateFlowAlias', {
    FlowName: 'f',
    Name: 'live',
    RoutingConfigurations: routes(50, 50),
  });
  assert.deepEqual(created, {
    FlowName: 'f',
    Name: 'live',
    Description: '',
    RoutingConfigurations: routes(50, 50),
    CreatedTime: '2023-11-14T22:13:20.000Z',
  });
  const taken = new Set<string>();
  for (let count = 0; count < 100; count++) {
    taken.add((await call('StartExecution', { FlowName: 'f', Qualifier: 'live' })).FlowDefinition);
  }
  assert.equal(taken.size, 2);
  const updated = await call('UpdateFlowAlias', {
    FlowName: 'f',
    Name: 'live',
    Description: 'x',
    RoutingConfigurations: routes(0, 7),
  });
  assert.deepEqual(updated.Alias.RoutingConfigurations, routes(0, 7));
  for (let count = 0; count < 20; count++) {
    const { FlowDefinition } = await call('StartExecution', { FlowName: 'f', Qualifier: 'live' });
    assert.equal(FlowDefinition, waitFor(60));
  }
  assert.deepEqual((await call('DescribeFlowAlias', { FlowName: 'f', Name: 'live' })).Alias, updated.Alias);
  const { Aliases } = await call('ListFlowAliases', { FlowName: 'f' });
  assert.deepEqual(Aliases[0].RoutingConfigurations[1], { Version: '2', Weight: '7' });
  assert.equal(
    code(await call('DeleteFlowVersion', { FlowName: 'f', FlowVersion: '2' })),
    '400 InvalidArgument',
  );
  assert.deepEqual(await call('DeleteFlowAlias', { FlowName: 'f', Name: 'live' }), {});
  assert.equal(
    code(await call('StartExecution', { FlowName: 'f', Qualifier: 'live' })),
    '404 FlowAliasNotExists',
  );
  assert.equal(
    code(await call('DescribeFlowAlias', { FlowName: 'f', Name: 'live' })),
    '404 FlowAliasNotExists',
  );
});

const BAD_ROUTES: readonly (readonly [string, readonly { Version: string; Weight: number }[], string])[] = [
  ['a version that does not exist', [{ Version: '9', Weight: 1 }], '404 FlowVersionNotExists'],
  ['no version', [{ Version: 'x', Weight: 1 }], '400 InvalidArgument'],
  [
    'one version twice',
    [
      { Version: '1', Weight: 1 },
      { Version: '1', Weight: 2 },
    ],
    '400 InvalidArgument',
  ],
  ['no weight at all', [{ Version: '1', Weight: 0 }], '400 InvalidArgument'],
];

for (const [what, RoutingConfigurations, expected] of BAD_ROUTES) {
  test(`an alias for ${what} is refused`, async (t) => {
    const { call } = await openWorld(t);
    await call('CreateFlow', flow('f'));
    await call('PublishFlowVersion', { FlowName: 'f' });
    const input = { FlowName: 'f', Name: 'a', RoutingConfigurations };
    assert.equal(code(await call('CreateFlowAlias', input)), expected);
    await call('CreateFlowAlias', { ...input, RoutingConfigurations: [{ Version: '1', Weight: 1 }] });
    assert.equal(code(await call('UpdateFlowAlias', input)), expected);
    const again = { ...input, RoutingConfigurations: [{ Version: '1', Weight: 1 }] };
    assert.equal(code(await call('CreateFlowAlias', again)), '409 FlowAliasAlreadyExists');
  });
}

test('what bounds a definition is a setting', async (t) => {
  const branch = '{steps: [{type: pass, name: p}]}';
  const parallel = `version: v1\ntype: flow\nsteps: [{type: parallel, name: s, branches: [${branch}, ${branch}]}]\n`;
  const machine = (state: string) =>
    `{Type: StateMachine, SpecVersion: v1, Name: f, StartAt: s, States: [{Name: s, End: true, ${state}}]}`;
  const lists = '{StartAt: p, States: [{Type: Pass, Name: p, End: true}]}';
  const map = `Type: Map, ItemsPath: "[1]", MaxConcurrency: 3, Processor: ${lists}`;
  const cases = [
    ['definitionCharacters', parallel],
    ['definitionNodes', parallel],
    ['definitionDepth', parallel],
    ['definitionAliases', 'version: v1\ntype: &f flow\ndescription: [*f, *f, *f]\nsteps: []'],
    ['legacyBranches', parallel],
    ['branches', machine(`Type: Parallel, Branches: [${lists}, ${lists}]`)],
    ['mapConcurrency', machine(map)],
    ['distributedMapConcurrency', machine(`${map}, ProcessorConfig: {ExecutionMode: Standard}`)],
  ] as const;
  for (const [name, definition] of cases) {
    const create = async (limit: number): Promise<Answer> => {
      const { call } = await openWorld(t, { limits: { [`cloudflow.${name}`]: limit } });
      return call('CreateFlow', flow('f', definition));
    };
    const refused = await create(1);
    assert.equal(code(refused), '400 InvalidArgument', name);
    assert.match(refused.Message, /\b1\b/, name);
    if (name !== 'definitionAliases') assert.equal((await create(0)).Code, undefined, name);
  }
});

test('a definition without any limit on its depth is refused, or accepted, but breaks nothing', async (t) => {
  const { call } = await openWorld(t, { limits: { 'cloudflow.definitionDepth': 0 } });
  const nested = (depth: number) =>
    `{Type: StateMachine, SpecVersion: v1, Name: f, StartAt: s, States: [{Type: Pass, Name: s, End: true, OutputConstructor: {x: ${'['.repeat(depth)}${']'.repeat(depth)}}}]}`;
  assert.equal(code(await call('CreateFlow', flow('f', nested(7000)))), '400 InvalidArgument');
  assert.equal((await call('CreateFlow', flow('f', nested(150)))).Code, undefined);
});

test('a flow of a name that was used has no versions, aliases or schedules', async (t) => {
  const { call } = await openWorld(t);
  await call('CreateFlow', flow('f'));
  await call('PublishFlowVersion', { FlowName: 'f' });
  await call('CreateFlowAlias', {
    FlowName: 'f',
    Name: 'a',
    RoutingConfigurations: [{ Version: '1', Weight: 1 }],
  });
  await call('CreateSchedule', { FlowName: 'f', ScheduleName: 's', CronExpression: '@every 1m' });
  await call('DeleteFlow', { Name: 'f' });
  await call('CreateFlow', flow('f'));
  assert.deepEqual(await call('ListFlowVersions', { FlowName: 'f' }), { FlowVersions: [] });
  assert.deepEqual(await call('ListFlowAliases', { FlowName: 'f' }), { Aliases: [] });
  assert.deepEqual(await call('ListSchedules', { FlowName: 'f' }), { Schedules: [] });
  assert.equal((await call('PublishFlowVersion', { FlowName: 'f' })).Version, '1');
});

test('there is one region, and it is here', async (t) => {
  const { call } = await openWorld(t);
  assert.deepEqual(await call('DescribeRegions', {}), {
    Regions: {
      Region: [{ RegionId: 'cn-hangzhou', LocalName: 'cn-hangzhou', RegionEndpoint: '127.0.0.1:7400' }],
    },
  });
});
