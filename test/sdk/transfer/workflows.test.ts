import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  InvalidRequestException,
  paginateListExecutions,
  paginateListWorkflows,
  ResourceNotFoundException,
  type Transfer,
} from '@aws-sdk/client-transfer';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { copy, custom, remove, tag } from '../../support/workflow-steps.ts';
import { openWorld, ROLE } from './transfer-client.ts';

const EXECUTION = 'b3c8e7a6-0000-4000-8000-000000000000';

const create = async (client: Transfer): Promise<string> => {
  const { WorkflowId = '' } = await client.createWorkflow({
    Steps: [{ Type: 'DELETE', DeleteStepDetails: {} }],
  });
  return WorkflowId;
};

test('a workflow is created, described, tagged and deleted', async (context) => {
  const { client } = await openWorld(context);
  const Steps = [copy('done/', 'shared'), custom(60), tag({ a: 'b' })] as never;
  const OnExceptionSteps = [remove('original')] as never;
  const Tags = [{ Key: 'team', Value: 'x' }];
  const { WorkflowId } = await client.createWorkflow({
    Steps,
    OnExceptionSteps,
    Description: 'of invoices',
    Tags,
  });
  const { Workflow } = await client.describeWorkflow({ WorkflowId });
  const Arn = `arn:aws:transfer:us-east-1:123456789012:workflow/${WorkflowId}`;
  assert.deepEqual(Workflow, { Arn, WorkflowId, Description: 'of invoices', Steps, OnExceptionSteps, Tags });
  await client.tagResource({ Arn, Tags: [{ Key: 'more', Value: 'y' }] });
  await client.untagResource({ Arn, TagKeys: ['team'] });
  assert.deepEqual((await client.listTagsForResource({ Arn })).Tags, [{ Key: 'more', Value: 'y' }]);
  await client.deleteWorkflow({ WorkflowId });
  await assert.rejects(client.describeWorkflow({ WorkflowId }), (error) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.deepEqual([error.Resource, error.ResourceType], [WorkflowId, 'Workflow']);
    return true;
  });
});

test('a workflow that a server has stays until the server lets go of it', async (context) => {
  const { client, createServer } = await openWorld(context);
  const WorkflowId = await create(client);
  const detail = { WorkflowId, ExecutionRole: ROLE };
  for (const on of ['OnUpload', 'OnPartialUpload'] as const) {
    const ServerId = await createServer({ WorkflowDetails: { [on]: [detail] } });
    await assert.rejects(client.deleteWorkflow({ WorkflowId }), (error) => {
      assert.ok(error instanceof InvalidRequestException);
      assert.equal(error.message, `Workflow is still in use by server ${ServerId}`);
      return true;
    });
    await client.updateServer({ ServerId, WorkflowDetails: { [on]: [] } });
  }
  await client.deleteWorkflow({ WorkflowId });
});

test('paginators go through workflows and executions', async (context) => {
  const { client } = await openWorld(context, { clock: createFixedClock() });
  const created = [await create(client), await create(client), await create(client)];
  const listed: (string | undefined)[] = [];
  for await (const page of paginateListWorkflows({ client, pageSize: 2 }, {})) {
    listed.push(...(page.Workflows ?? []).map(({ WorkflowId }) => WorkflowId));
  }
  assert.deepEqual(listed, created);
  for await (const page of paginateListExecutions({ client, pageSize: 2 }, { WorkflowId: created[0] })) {
    assert.deepEqual(page.Executions, []);
  }
});

test('executions that are not there', async (context) => {
  const { client } = await openWorld(context);
  const WorkflowId = await create(client);
  const named = { WorkflowId, ExecutionId: EXECUTION };
  for (const request of [
    client.describeExecution(named),
    client.sendWorkflowStepState({ ...named, Token: 'x', Status: 'SUCCESS' }),
  ]) {
    await assert.rejects(request, (error) => {
      assert.ok(error instanceof ResourceNotFoundException);
      assert.deepEqual([error.Resource, error.ResourceType], [EXECUTION, 'Execution']);
      return true;
    });
  }
  await assert.rejects(
    client.sendWorkflowStepState({ ...named, Token: 'x', Status: 'MAYBE' as never }),
    InvalidRequestException,
  );
});
