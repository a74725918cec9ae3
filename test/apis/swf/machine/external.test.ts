import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelExternal, complete, signalExternal } from './decisions.ts';
import { attributesOf, beginning, SwfWorld } from './swf-world.ts';

test('a signal from outside shows its sender to the target and the target to its sender', () => {
  const world = new SwfWorld();
  const target = world.start({}, 'T');
  const sender = world.start({}, 'S');
  world.decide(sender, signalExternal('T', { input: 'i', control: 'c', runId: 'run1' }));
  assert.deepEqual(attributesOf(sender, 5), {
    workflowId: 'T',
    runId: 'run1',
    signalName: 'ping',
    input: 'i',
    control: 'c',
    decisionTaskCompletedEventId: 4,
  });
  assert.deepEqual(attributesOf(target, 3), {
    signalName: 'ping',
    input: 'i',
    externalWorkflowExecution: { workflowId: 'S', runId: 'run2' },
    externalInitiatedEventId: 5,
  });
  assert.deepEqual(attributesOf(sender, 6), {
    workflowExecution: { workflowId: 'T', runId: 'run1' },
    initiatedEventId: 5,
  });
});

test('a cancel request from outside', () => {
  const world = new SwfWorld();
  const target = world.start({}, 'T');
  world.decide(target);
  const sender = world.start({}, 'S');
  world.decide(sender, cancelExternal('T', { control: 'c' }));
  assert.equal(
    world.history(sender),
    `${beginning} 5 CancelExternalInitiated(T,d4,control=c) 6 ExternalCancelRequested(i5,T/run1) 7 DTS`,
  );
  assert.equal(world.history(target), `${beginning} 5 CancelRequested(ext5,from S/run2) 6 DTS`);
  assert.equal(target.state.cancelRequested, true);
});

test('a cancel request to nobody', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, cancelExternal('nobody', { control: 'c', runId: 'r' }));
  assert.deepEqual(attributesOf(run, 6), {
    workflowId: 'nobody',
    runId: 'r',
    control: 'c',
    decisionTaskCompletedEventId: 4,
    initiatedEventId: 5,
    cause: 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION',
  });
  assert.match(world.history(run), /6 CancelExternalFailed\(.*\) 7 DTS$/);
});

test('a run that is closed is not replaced by the one that is open', () => {
  const world = new SwfWorld();
  world.decide(world.start({}, 'T'), complete());
  const open = world.start({}, 'T');
  const sender = world.start({}, 'S');
  world.decide(sender, signalExternal('T', { runId: 'run1' }), signalExternal('T', { runId: '' }));
  assert.equal(
    world.history(sender),
    `${beginning} 5 SignalExternalInitiated(ping,T,d4) 6 SignalExternalInitiated(ping,T,d4) 7 SignalExternalFailed(T,i5,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION) 8 DTS 9 ExternalSignaled(i6,T/run2)`,
  );
  assert.equal(world.history(open), '1 WES 2 DTS 3 Signaled(ping,ext6,from S/run3)');
});

test('an execution may signal itself', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, signalExternal('W'));
  assert.equal(
    world.history(run),
    `${beginning} 5 SignalExternalInitiated(ping,W,d4) 6 Signaled(ping,ext5,from W/run1) 7 DTS 8 ExternalSignaled(i5,W/run1)`,
  );
});

test('a sender that has closed hears of nothing, its message arrives', () => {
  const world = new SwfWorld();
  const target = world.start({}, 'T');
  const sender = world.start({}, 'S');
  world.decide(sender, signalExternal('T'), signalExternal('nobody'), complete());
  assert.equal(sender.state.close?.status, 'COMPLETED');
  assert.equal(world.history(target), '1 WES 2 DTS 3 Signaled(ping,ext5,from S/run2)');
  assert.match(world.history(sender), /7 WorkflowExecutionCompleted\(d4\)$/);
});
