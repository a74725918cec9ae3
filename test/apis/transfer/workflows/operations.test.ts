import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Wire from '../../../../src/apis/transfer/model/types.gen.ts';
import { SERVER, TestWorkflows, WORLD } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, custom, decrypt, remove, tag } from '../../../support/workflow-steps.ts';

const invalid = { reason: 'InvalidRequestException' };
const violated = { name: 'WireError' };
const unknown = { reason: 'ResourceNotFoundException' };
const ELSEWHERE = { account: '111111111111', region: 'us-east-1' };

describe('CreateWorkflow', () => {
  const create = async (input: object): Promise<Wire.CreateWorkflowResponse> =>
    (await TestWorkflows.open()).request('CreateWorkflow', input);

  test('28: eight steps, and eight handlers, and no more', async () => {
    const steps = (count: number) => Array.from({ length: count }, () => remove());
    assert.match(
      (await create({ Steps: steps(8), OnExceptionSteps: steps(8) })).WorkflowId,
      /^w-[0-9a-f]{17}$/,
    );
    await assert.rejects(create({ Steps: steps(9) }), violated);
    await assert.rejects(create({ Steps: steps(1), OnExceptionSteps: steps(9) }), violated);
    await assert.rejects(create({ Steps: [] }), invalid);
    await assert.rejects(create({}), violated);
  });

  const destination = (location: object): Wire.WorkflowStep => ({
    Type: 'COPY',
    CopyStepDetails: { DestinationFileLocation: location },
  });
  const file = { S3FileLocation: { Bucket: 'out', Key: 'k' } };
  const refused: Readonly<Record<string, Wire.WorkflowStep>> = {
    'a variable that is none': { Type: 'DELETE', DeleteStepDetails: { SourceFileLocation: `$\{foo.bar}` } },
    'a step without a type': { DeleteStepDetails: {} },
    'a step without details': { Type: 'DELETE' },
    'details of another type': { Type: 'DELETE', TagStepDetails: { Tags: [{ Key: 'a', Value: 'b' }] } },
    'details of two types': { ...tag({ a: 'b' }), DeleteStepDetails: {} },
    'a COPY to nowhere': { Type: 'COPY', CopyStepDetails: {} },
    'a COPY to neither storage': destination({}),
    'a COPY to both storages': destination({
      ...file,
      EfsFileLocation: { FileSystemId: 'fs-11111111', Path: '/' },
    }),
    'a COPY without a bucket': destination({ S3FileLocation: { Key: 'k' } }),
    'a COPY without a path': destination({ EfsFileLocation: { FileSystemId: 'fs-11111111' } }),
    'a COPY without a file system': destination({ EfsFileLocation: { Path: '/x' } }),
    'a destination with an unknown variable': copy(`$\{transfer.Date}/`),
    'a DECRYPT with an unknown variable': decrypt(`x/$\{UserName}`),
    'a TAG without tags': { Type: 'TAG', TagStepDetails: {} },
    'a TAG with a key twice': {
      Type: 'TAG',
      TagStepDetails: {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
    },
    'a CUSTOM without a function': { Type: 'CUSTOM', CustomStepDetails: { TimeoutSeconds: 5 } },
  };
  for (const [what, step] of Object.entries(refused)) {
    test(`refuses ${what}, as a step and as a handler`, async () => {
      await assert.rejects(create({ Steps: [step] }), invalid);
      await assert.rejects(create({ Steps: [remove()], OnExceptionSteps: [step] }), invalid);
    });
  }

  test('refuses what the model does not allow', async () => {
    const step = (details: object) => ({
      Steps: [
        { Type: 'CUSTOM', CustomStepDetails: { Target: custom().CustomStepDetails?.Target, ...details } },
      ],
    });
    for (const input of [
      { Steps: [remove()], Description: 'a/b' },
      { Steps: [remove()], Description: 'x'.repeat(257) },
      step({ TimeoutSeconds: 0 }),
      step({ TimeoutSeconds: 1801 }),
      step({ Name: 'with space' }),
      step({ Name: 'x'.repeat(31) }),
      step({ Target: 'check' }),
      { Steps: [tag(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'])))] },
      { Steps: [{ Type: 'RENAME' }] },
    ]) {
      await assert.rejects(create(input), violated, JSON.stringify(input));
    }
  });

  test('ends at the quota', async () => {
    const workflows = await TestWorkflows.open({ limits: { 'transfer.workflows': 2 } });
    await workflows.create([remove()]);
    await workflows.create([remove()]);
    await assert.rejects(workflows.create([remove()]), {
      ...invalid,
      message: 'The limit of 2 workflows is reached',
    });
    await workflows.request('CreateWorkflow', { Steps: [remove()] }, ELSEWHERE);
  });
});

test('DescribeWorkflow gives back what was created', async () => {
  const workflows = await TestWorkflows.open();
  const steps = [copy('x/', 'first'), custom(5), tag({ a: '' })];
  const given = { Steps: steps, Description: 'of invoices', Tags: [{ Key: 'team', Value: 'x' }] };
  const { WorkflowId } = await workflows.request<Wire.CreateWorkflowResponse>('CreateWorkflow', given);
  const Arn = `arn:aws:transfer:us-east-1:000000000000:workflow/${WorkflowId}`;
  assert.deepEqual(await workflows.request('DescribeWorkflow', { WorkflowId }), {
    Workflow: { Arn, WorkflowId, ...given, OnExceptionSteps: [] },
  });
  await assert.rejects(workflows.request('DescribeWorkflow', { WorkflowId }, ELSEWHERE), unknown);
});

test('tags of a workflow can be changed', async () => {
  const workflows = await TestWorkflows.open();
  const WorkflowId = await workflows.create([remove()]);
  const Arn = `arn:aws:transfer:us-east-1:000000000000:workflow/${WorkflowId}`;
  await workflows.request('TagResource', { Arn, Tags: [{ Key: 'a', Value: '1' }] });
  const { Workflow } = await workflows.request<Wire.DescribeWorkflowResponse>('DescribeWorkflow', {
    WorkflowId,
  });
  assert.deepEqual(Workflow.Tags, [{ Key: 'a', Value: '1' }]);
});

test('ListWorkflows pages in order of creation', async () => {
  const workflows = await TestWorkflows.open();
  const created: string[] = [];
  for (let i = 0; i < 5; i++) {
    created.push(await workflows.create([remove()]));
    workflows.parts.clock.advance(1);
  }
  const listed: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const input = { MaxResults: 2, ...(NextToken !== undefined && { NextToken }) };
    const page: Wire.ListWorkflowsResponse = await workflows.request('ListWorkflows', input);
    listed.push(...page.Workflows.map(({ WorkflowId }) => WorkflowId));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  assert.deepEqual(listed, created);
  assert.deepEqual(await workflows.request('ListWorkflows', {}, ELSEWHERE), { Workflows: [] });
  await assert.rejects(workflows.request('ListWorkflows', { NextToken: 'x' }), {
    reason: 'InvalidNextTokenException',
  });
});

describe('ListExecutions', () => {
  test('pages those that run, in order of their start', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([custom()]);
    const started: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      started.push(await workflows.upload(`${i}.txt`));
      workflows.parts.clock.advance(1);
    }
    await settle();
    const [first] = workflows.calls;
    assert.ok(first);
    await workflows.answer(first, 'SUCCESS');
    const listed: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const input = { WorkflowId: id, MaxResults: 2, ...(NextToken !== undefined && { NextToken }) };
      const page: Wire.ListExecutionsResponse = await workflows.request('ListExecutions', input);
      assert.equal(page.WorkflowId, id);
      listed.push(...page.Executions.map(({ ExecutionId }) => ExecutionId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(listed, started.slice(1));
  });

  test('tells where each file is from', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([remove('previous'), custom()], [custom()]);
    const ExecutionId = await workflows.uploadFile('/a.txt');
    await settle();
    const { Executions } = await workflows.request<Wire.ListExecutionsResponse>('ListExecutions', {
      WorkflowId: id,
    });
    assert.deepEqual(Executions, [
      {
        ExecutionId,
        InitialFileLocation: { EfsFileLocation: { FileSystemId: 'fs-11111111', Path: '/a.txt' } },
        ServiceMetadata: {
          UserDetails: { UserName: 'alice', ServerId: SERVER, SessionId: '0123456789abcdef' },
        },
        Status: 'IN_PROGRESS',
      },
    ]);
  });

  test('knows no workflow of others', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([custom()]);
    await assert.rejects(workflows.request('ListExecutions', { WorkflowId: id }, ELSEWHERE), unknown);
    const token = { WorkflowId: id, NextToken: 'x' };
    await assert.rejects(workflows.request('ListExecutions', token), { reason: 'InvalidNextTokenException' });
  });
});

describe('DescribeExecution', () => {
  test('takes ids in either case, and refuses what is none', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([custom()]);
    const execution = (await workflows.upload('a.txt')) as string;
    const { Execution } = await workflows.describe(id, execution.toUpperCase());
    assert.equal(Execution.ExecutionId, execution);
    await assert.rejects(workflows.describe(id, 'x'), violated);
    await assert.rejects(workflows.describe('w-1', execution), violated);
    const input = { WorkflowId: id, ExecutionId: execution };
    await assert.rejects(workflows.request('DescribeExecution', input, ELSEWHERE), unknown);
  });

  test('shows an ended execution for as many days as it is kept', async () => {
    const workflows = await TestWorkflows.open({ limits: { 'transfer.executionDays': 2 } });
    const id = await workflows.use([remove()]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.pass(2 * 86_400 - 1);
    assert.equal((await workflows.describe(id, execution)).Execution.Status, 'COMPLETED');
    await workflows.pass(1);
    await assert.rejects(workflows.describe(id, execution), unknown);
  });

  test('shows the log group of structured logging, and no role where there is none', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.create([custom()]);
    const { startUploadExecution } = await import('../../../../src/apis/transfer/start-execution.ts');
    const server = {
      WorkflowDetails: { OnUpload: [{ WorkflowId: id, ExecutionRole: 'arn:aws:iam::000000000000:role/r' }] },
      StructuredLogDestinations: ['arn:aws:logs:us-east-1:000000000000:log-group:mine:*'],
    };
    const execution = startUploadExecution(workflows.transfer, server, {
      world: WORLD,
      serverId: SERVER,
      userName: 'alice',
      sessionId: '0123456789abcdef',
      sourceIp: '192.0.2.1',
      file: { kind: 'bucket', bucket: 'in', key: 'a.txt', etag: 'e' },
      size: 5,
      startedAt: 0,
      endedAt: 0,
      isPartial: false,
    });
    const { Execution } = await workflows.describe(id, execution);
    assert.deepEqual(Execution.LoggingConfiguration, { LogGroupName: 'mine' });
  });
});
