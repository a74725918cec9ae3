import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, code, execution, flow, openWith, PASS, tokenOf, waitFor } from './cloudflow-world.ts';

test('a deleted flow takes its executions along, and a new one of its name knows nothing of them', async (t) => {
  const { call, cloudflow } = await openWith(t, waitFor(60));
  await call('StartExecution', execution('a'));
  await call('StartExecution', execution('b'));
  await call('StopExecution', execution('b'));
  assert.deepEqual(await call('DeleteFlow', { Name: 'f' }), {});
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 FlowNotExists');
  assert.equal(code(await call('DeleteFlow', { Name: 'f' })), '404 FlowNotExists');
  await call('CreateFlow', flow('f', PASS));
  assert.deepEqual(await call('ListExecutions', { FlowName: 'f' }), { Executions: [] });
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 ExecutionNotExists');
  assert.equal((await call('StartExecution', execution('b'))).Status, 'Starting');
});

test('an execution of a deleted flow finishes the step at work, also after a crash', async (t) => {
  const before = await openWith(t, `${CALLBACK}  - type: wait\n    name: after\n    duration: 60\n`);
  await before.call('StartExecution', execution('a'));
  const TaskToken = await tokenOf(before, 'a');
  await before.call('DeleteFlow', { Name: 'f' });
  await before.call('CreateFlow', flow('f', PASS));
  const { call, cloudflow } = await before.crash();
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  assert.equal(code(await call('DescribeExecution', execution('a'))), '404 ExecutionNotExists');
  assert.equal(typeof (await call('ReportTaskSucceeded', { TaskToken, Output: '{}' })).EventId, 'number');
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(
    code(await call('ReportTaskSucceeded', { TaskToken, Output: '{}' })),
    '400 TaskAlreadyCompleted',
  );
});

test('an execution of a deleted flow that waits for a report is stopped by its name', async (t) => {
  const { call, cloudflow } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('a'));
  await call('StartExecution', execution('b'));
  await call('DeleteFlow', { Name: 'f' });
  const stopped = await call('StopExecution', { ...execution('a'), Error: 'Over', Cause: 'c' });
  assert.deepEqual([stopped.Name, stopped.Status, stopped.Output], ['a', 'Running', '']);
  assert.notEqual(stopped.StoppedTime, '');
  assert.equal(code(await call('StopExecution', execution('a'))), '404 FlowNotExists');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);

  // An execution of that name of the new flow goes before.
  await call('CreateFlow', flow('f', CALLBACK));
  await call('StartExecution', execution('b'));
  await call('StopExecution', execution('b'));
  assert.equal((await call('DescribeExecution', execution('b'))).Status, 'Stopped');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  assert.equal((await call('StopExecution', execution('b'))).Name, 'b');
  assert.equal(cloudflow.kernel.load.openExecutions, 0);
  assert.equal(code(await call('StopExecution', execution('b'))), '400 ExecutionAlreadyCompleted');
  assert.equal(code(await call('StopExecution', execution('a'))), '404 ExecutionNotExists');
});

test('nobody stops what another account has left of a deleted flow', async (t) => {
  const { call, cloudflow } = await openWith(t, CALLBACK);
  await call('StartExecution', execution('a'));
  await call('DeleteFlow', { Name: 'f' });
  const other = { account: '999999999999' };
  assert.equal(code(await call('StopExecution', execution('a'), other)), '404 FlowNotExists');
  assert.equal(cloudflow.kernel.load.openExecutions, 1);
  await call('StopExecution', execution('a'));
});
