import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegistrationStatus } from '@aws-sdk/client-swf';
import { account } from '../../support/start-server.ts';
import { activityType, domain, openWorld, type SdkWorld, workflowType } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

const retention = { workflowExecutionRetentionPeriodInDays: '7' };
const arnOf = (name: string): string => `arn:aws:swf:us-east-1:${account}:/domain/${name}`;
const registered = { registrationStatus: 'REGISTERED' } as const;
const deprecated = { registrationStatus: 'DEPRECATED' } as const;

describe('domains', () => {
  it('are described as they were registered', async (context) => {
    const { swf } = await openWorld(context);
    await swf.registerDomain({
      name: 'd',
      description: 'mine',
      ...retention,
      tags: [{ key: 'k', value: 'v' }],
    });
    const { domainInfo, configuration } = await swf.describeDomain({ name: 'd' });
    assert.deepEqual(domainInfo, { name: 'd', status: 'REGISTERED', description: 'mine', arn: arnOf('d') });
    assert.deepEqual(configuration, retention);
    const { tags } = await swf.listTagsForResource({ resourceArn: arnOf('d') });
    assert.deepEqual(tags, [{ key: 'k', value: 'v' }]);
  });

  it('have the retention they were given, NONE included', async (context) => {
    const { swf } = await openWorld(context);
    for (const days of ['0', '90', 'NONE']) {
      await swf.registerDomain({ name: `d${days}`, workflowExecutionRetentionPeriodInDays: days });
      const { configuration } = await swf.describeDomain({ name: `d${days}` });
      assert.equal(configuration?.workflowExecutionRetentionPeriodInDays, days);
    }
  });

  it('go from registered to deprecated and back', async (context) => {
    const { swf } = await openWorld(context);
    const names = async (status: { registrationStatus: RegistrationStatus }) =>
      (await swf.listDomains(status)).domainInfos?.map(({ name }) => name);
    await refuses(swf.registerDomain({ name: domain, ...retention }), 'DomainAlreadyExistsFault', domain);
    await refuses(swf.undeprecateDomain({ name: domain }), 'DomainAlreadyExistsFault', domain);
    await swf.deprecateDomain({ name: domain });
    await refuses(swf.deprecateDomain({ name: domain }), 'DomainDeprecatedFault', domain);
    await refuses(swf.registerDomain({ name: domain, ...retention }), 'DomainAlreadyExistsFault', domain);
    assert.deepEqual([await names(registered), await names(deprecated)], [[], [domain]]);
    assert.equal((await swf.describeDomain({ name: domain })).domainInfo?.status, 'DEPRECATED');
    await swf.undeprecateDomain({ name: domain });
    assert.deepEqual([await names(registered), await names(deprecated)], [[domain], []]);
  });

  it('that are deprecated deprecate their types, refuse new ones and starts, and let the rest go on', async (context) => {
    const world = await openWorld(context);
    const { swf } = world;
    const run = await world.start();
    await swf.deprecateDomain({ name: domain });
    const types = async () => [
      (await swf.describeWorkflowType({ domain, workflowType })).typeInfo?.status,
      (await swf.describeActivityType({ domain, activityType })).typeInfo?.status,
    ];
    assert.deepEqual(await types(), ['DEPRECATED', 'DEPRECATED']);
    const other = { domain, name: 'Other', version: '1' };
    await refuses(swf.registerWorkflowType(other), 'DomainDeprecatedFault', domain);
    await refuses(swf.registerActivityType(other), 'DomainDeprecatedFault', domain);
    await refuses(world.start({}, 'X'), 'DomainDeprecatedFault', domain);
    await world.decide();
    assert.equal((await world.describe(run)).executionInfo?.executionStatus, 'OPEN');
    await swf.undeprecateDomain({ name: domain });
    assert.deepEqual(await types(), ['DEPRECATED', 'DEPRECATED'], 'types stay as they are');
  });

  it('that nobody registered are unknown to every operation', async (context) => {
    const { swf } = await openWorld(context);
    const none = { domain: 'none' };
    const taskList = { name: 'l' };
    const startTimeFilter = { oldestDate: new Date(0) };
    const execution = { workflowId: 'w', runId: 'r' };
    const calls = [
      swf.describeDomain({ name: 'none' }),
      swf.deprecateDomain({ name: 'none' }),
      swf.undeprecateDomain({ name: 'none' }),
      swf.registerWorkflowType({ ...none, ...workflowType }),
      swf.registerActivityType({ ...none, ...activityType }),
      swf.describeWorkflowType({ ...none, workflowType }),
      swf.describeActivityType({ ...none, activityType }),
      swf.deprecateWorkflowType({ ...none, workflowType }),
      swf.deprecateActivityType({ ...none, activityType }),
      swf.undeprecateWorkflowType({ ...none, workflowType }),
      swf.undeprecateActivityType({ ...none, activityType }),
      swf.deleteWorkflowType({ ...none, workflowType }),
      swf.deleteActivityType({ ...none, activityType }),
      swf.listWorkflowTypes({ ...none, ...registered }),
      swf.listActivityTypes({ ...none, ...registered }),
      swf.startWorkflowExecution({ ...none, workflowId: 'w', workflowType }),
      swf.signalWorkflowExecution({ ...none, workflowId: 'w', signalName: 's' }),
      swf.requestCancelWorkflowExecution({ ...none, workflowId: 'w' }),
      swf.terminateWorkflowExecution({ ...none, workflowId: 'w' }),
      swf.describeWorkflowExecution({ ...none, execution }),
      swf.getWorkflowExecutionHistory({ ...none, execution }),
      swf.listOpenWorkflowExecutions({ ...none, startTimeFilter }),
      swf.listClosedWorkflowExecutions({ ...none, startTimeFilter }),
      swf.countOpenWorkflowExecutions({ ...none, startTimeFilter }),
      swf.countClosedWorkflowExecutions({ ...none, startTimeFilter }),
      swf.countPendingActivityTasks({ ...none, taskList }),
      swf.countPendingDecisionTasks({ ...none, taskList }),
      swf.pollForActivityTask({ ...none, taskList }),
      swf.pollForDecisionTask({ ...none, taskList }),
      swf.listTagsForResource({ resourceArn: arnOf('none') }),
      swf.tagResource({ resourceArn: arnOf('none'), tags: [] }),
      swf.untagResource({ resourceArn: arnOf('none'), tagKeys: [] }),
    ];
    await Promise.all(calls.map((call) => refuses(call, 'UnknownResourceFault', 'Unknown domain: none')));
  });

  it('are limited, deprecated ones counted', async (context) => {
    const { swf } = await openWorld(context, { limits: { 'swf.domains': 2 } });
    await swf.registerDomain({ name: 'b', ...retention });
    await swf.deprecateDomain({ name: 'b' });
    await refuses(swf.registerDomain({ name: 'c', ...retention }), 'LimitExceededFault', /2/);
  });
});

describe('tags of domains', () => {
  it('are set, overwritten and taken away', async (context) => {
    const { swf } = await openWorld(context);
    const resourceArn = arnOf(domain);
    const tags = async () => (await swf.listTagsForResource({ resourceArn })).tags;
    assert.deepEqual(await tags(), []);
    await swf.tagResource({
      resourceArn,
      tags: [
        { key: 'a', value: '1' },
        { key: 'ключ _.:/=+-@', value: '' },
      ],
    });
    await swf.tagResource({ resourceArn, tags: [{ key: 'a', value: '2' }] });
    assert.deepEqual(await tags(), [
      { key: 'a', value: '2' },
      { key: 'ключ _.:/=+-@', value: '' },
    ]);
    await swf.untagResource({ resourceArn, tagKeys: ['a', 'never there'] });
    assert.deepEqual(await tags(), [{ key: 'ключ _.:/=+-@', value: '' }]);
  });

  it('are fifty at the most', async (context) => {
    const { swf } = await openWorld(context);
    const resourceArn = arnOf(domain);
    const fifty = Array.from({ length: 50 }, (_, n) => ({ key: `k${n}`, value: 'v' }));
    await swf.tagResource({ resourceArn, tags: fifty });
    const another = swf.tagResource({ resourceArn, tags: [{ key: 'k50', value: 'v' }] });
    await refuses(another, 'TooManyTagsFault', /50/);
    await swf.tagResource({ resourceArn, tags: [{ key: 'k49', value: 'new' }] });
    const tags = [...fifty, { key: 'k50', value: 'v' }];
    const more = swf.registerDomain({ name: 'm', ...retention, tags });
    await refuses(more, 'TooManyTagsFault', /50/);
  });

  const strangers = ['arn:aws:s3:::bucket', `arn:aws:swf:eu-west-1:${account}:/domain/${domain}`, domain];
  for (const resourceArn of strangers) {
    it(`are not those of ${resourceArn}`, async (context) => {
      const { swf } = await openWorld(context);
      await refuses(swf.listTagsForResource({ resourceArn }), 'UnknownResourceFault', /Unknown resource/);
    });
  }
});

/** The same life for both kinds of types. */
const kinds = {
  WorkflowType: ({ swf }: SdkWorld) => ({
    defaults: {
      defaultTaskStartToCloseTimeout: 'NONE',
      defaultExecutionStartToCloseTimeout: '60',
      defaultTaskList: { name: 'l' },
      defaultTaskPriority: '-3',
      defaultChildPolicy: 'ABANDON' as const,
      defaultLambdaRole: 'arn:aws:iam::1:role/r',
    },
    register: (more: object) => swf.registerWorkflowType({ domain, name: 'N', version: 'V', ...more }),
    describe: () => swf.describeWorkflowType({ domain, workflowType: { name: 'N', version: 'V' } }),
    deprecate: () => swf.deprecateWorkflowType({ domain, workflowType: { name: 'N', version: 'V' } }),
    undeprecate: () => swf.undeprecateWorkflowType({ domain, workflowType: { name: 'N', version: 'V' } }),
    remove: () => swf.deleteWorkflowType({ domain, workflowType: { name: 'N', version: 'V' } }),
    list: async (more: { registrationStatus: RegistrationStatus; name?: string }) =>
      (await swf.listWorkflowTypes({ domain, ...more })).typeInfos?.map((info) => info.workflowType?.name),
  }),
  ActivityType: ({ swf }: SdkWorld) => ({
    defaults: {
      defaultTaskStartToCloseTimeout: '1',
      defaultTaskHeartbeatTimeout: 'NONE',
      defaultTaskScheduleToStartTimeout: '2',
      defaultTaskScheduleToCloseTimeout: '3',
      defaultTaskList: { name: 'l' },
      defaultTaskPriority: '7',
    },
    register: (more: object) => swf.registerActivityType({ domain, name: 'N', version: 'V', ...more }),
    describe: () => swf.describeActivityType({ domain, activityType: { name: 'N', version: 'V' } }),
    deprecate: () => swf.deprecateActivityType({ domain, activityType: { name: 'N', version: 'V' } }),
    undeprecate: () => swf.undeprecateActivityType({ domain, activityType: { name: 'N', version: 'V' } }),
    remove: () => swf.deleteActivityType({ domain, activityType: { name: 'N', version: 'V' } }),
    list: async (more: { registrationStatus: RegistrationStatus; name?: string }) =>
      (await swf.listActivityTypes({ domain, ...more })).typeInfos?.map((info) => info.activityType?.name),
  }),
};

for (const [kind, typesOf] of Object.entries(kinds)) {
  describe(`types: ${kind}`, () => {
    const shown = `${kind}=[name=N, version=V]`;

    it('shows the defaults it was given, and no others', async (context) => {
      const world = await openWorld(context);
      const { defaults, register, describe: describeType, deprecate, remove } = typesOf(world);
      await register({ description: 'mine', ...defaults });
      const full = await describeType();
      assert.deepEqual(full.configuration, defaults);
      const key = kind === 'WorkflowType' ? 'workflowType' : 'activityType';
      const creationDate = new Date(world.clock.now());
      assert.deepEqual(full.typeInfo, {
        [key]: { name: 'N', version: 'V' },
        status: 'REGISTERED',
        description: 'mine',
        creationDate,
      });
      await world.advance(1_500);
      await deprecate();
      assert.deepEqual((await describeType()).typeInfo?.deprecationDate, new Date(world.clock.now()));
      await remove();
      await register({});
      assert.deepEqual((await describeType()).configuration, {});
    });

    it('goes from registered to deprecated to registered, or away', async (context) => {
      const world = await openWorld(context);
      const { register, describe: describeType, deprecate, undeprecate, remove, list } = typesOf(world);
      const unknown = ['UnknownResourceFault', `Unknown type: ${shown}`] as const;
      for (const call of [describeType, deprecate, undeprecate, remove]) await refuses(call(), ...unknown);
      await register({});
      await refuses(register({}), 'TypeAlreadyExistsFault', shown);
      await refuses(undeprecate(), 'TypeAlreadyExistsFault', shown);
      const stays = 'The type is currently registered and cannot be deleted in its current state';
      await refuses(remove(), 'TypeNotDeprecatedFault', stays);
      await deprecate();
      await refuses(deprecate(), 'TypeDeprecatedFault', shown);
      await refuses(register({}), 'TypeAlreadyExistsFault', shown);
      assert.deepEqual(await list({ ...deprecated, name: 'N' }), ['N']);
      await undeprecate();
      assert.equal((await describeType()).typeInfo?.deprecationDate, undefined);
      assert.deepEqual(await list({ ...deprecated, name: 'N' }), []);
      assert.deepEqual(await list({ ...registered, name: 'N' }), ['N']);
      await deprecate();
      await remove();
      for (const call of [describeType, remove]) await refuses(call(), ...unknown);
    });

    it('is limited per domain', async (context) => {
      const name = kind === 'WorkflowType' ? 'swf.workflowTypes' : 'swf.activityTypes';
      const world = await openWorld(context, { limits: { [name]: 3 } });
      await refuses(typesOf(world).register({}), 'LimitExceededFault', /3 types/);
    });
  });
}
