import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryLogs, SERVER, TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, custom, remove } from '../../../support/workflow-steps.ts';

interface Line {
  readonly time: number;
  readonly type: string;
  readonly executionId: string;
}

/** Lines of an execution, by the vendor's name for its stream. */
function linesOf(logs: MemoryLogs, workflowId: string, executionId = ''): readonly Line[] {
  const digits = executionId.replaceAll('-', '').slice(0, 16);
  return (logs.streams.get(`/aws/transfer/${SERVER}:alice.${workflowId}.${digits}`) ?? []) as Line[];
}

const types = (lines: readonly Line[]) => lines.map(({ type }) => type);

test('each execution has a stream with its events, and nothing else in it', async () => {
  const workflows = await TestWorkflows.open();
  const id = await workflows.use([copy('x/', 'shared')]);
  const execution = await workflows.upload('a.txt');
  await settle();
  const { logs, clock } = workflows.parts;
  const origin = {
    workflowId: id,
    executionId: execution,
    transferDetails: { serverId: SERVER, username: 'alice', sessionId: '0123456789abcdef' },
  };
  const etag = '5d41402abc4b2a76b9719d911017c592';
  const file = { backingStore: 'S3', bucket: 'in', key: 'a.txt', etag };
  const step = { stepType: 'COPY', stepName: 'shared' };
  const time = clock.now();
  assert.deepEqual(linesOf(logs, id, execution), [
    { time, type: 'ExecutionStarted', details: { input: { initialFileLocation: file } }, ...origin },
    { time, type: 'StepStarted', details: { input: { fileLocation: file }, ...step }, ...origin },
    { time, type: 'StepCompleted', details: { output: {}, ...step }, ...origin },
    { time, type: 'ExecutionCompleted', details: {}, ...origin },
  ]);
  assert.equal(logs.streams.size, 1);
});

test('nothing is logged before it is durable', async () => {
  const workflows = await TestWorkflows.open();
  const id = await workflows.use([custom()]);
  await settle();
  workflows.store.hold();
  const uploading = workflows.upload('a.txt');
  await settle();
  assert.equal(workflows.parts.logs.streams.size, 0);
  workflows.store.release();
  const execution = await uploading;
  await settle();
  assert.deepEqual(types(linesOf(workflows.parts.logs, id, execution)), ['ExecutionStarted', 'StepStarted']);
});

test('after a crash each event is there once, whatever had reached the file', async () => {
  for (const kept of [0, 1, 2, 3, 4]) {
    const before = await TestWorkflows.open();
    const id = await before.use([custom(), copy('x/')]);
    const [running, ended] = [await before.upload('a.txt'), await before.upload('b.txt')];
    await settle();
    const [, second] = before.calls;
    assert.ok(second);
    await before.answer(second, 'SUCCESS');
    await settle();
    const whole = before.parts.logs;
    const logs = new MemoryLogs();
    for (const [stream, lines] of whole.streams) logs.streams.set(stream, lines.slice(0, kept));
    Object.assign(before.parts, { logs });
    const after = await before.crash();
    await settle();
    for (const execution of [running, ended]) {
      assert.deepEqual(linesOf(logs, id, execution), linesOf(whole, id, execution));
    }
    const [call] = before.calls;
    assert.ok(call);
    await after.answer(call, 'SUCCESS');
    await settle();
    assert.equal(types(linesOf(logs, id, running)).at(-1), 'ExecutionCompleted');
    assert.equal(linesOf(logs, id, running).length, 6);
  }
});

test('a process that dies before its lines are in their files leaves them to the next, whatever ended since', async () => {
  const first = await TestWorkflows.open();
  const id = await first.use([custom(), remove()]);
  const [early, late] = [await first.upload('a.txt'), await first.upload('b.txt')];
  await settle();
  const [one, other] = first.calls;
  assert.ok(one && other);
  await first.answer(one, 'SUCCESS');
  await settle();
  const whole = first.parts.logs;
  const kept = new MemoryLogs();
  for (const [stream, lines] of whole.streams) kept.streams.set(stream, lines.slice(0, 2));
  const unwritten = new MemoryLogs();
  for (const [stream, lines] of kept.streams) unwritten.streams.set(stream, [...lines]);
  unwritten.flush = () => new Promise(() => {});
  Object.assign(first.parts, { logs: unwritten });
  const second = await first.crash();
  await settle();
  second.parts.clock.advance(600_000);
  await second.answer(other, 'SUCCESS');
  await settle();
  assert.equal((await second.outcome(id, late)).Status, 'COMPLETED');
  Object.assign(second.parts, { logs: kept });
  await second.crash();
  await settle();
  assert.deepEqual(linesOf(kept, id, early), linesOf(whole, id, early));
  assert.equal(types(linesOf(kept, id, late)).at(-1), 'ExecutionCompleted');
});

test('a workflow that is gone is told in the log of the session', async () => {
  const workflows = await TestWorkflows.open();
  workflows.attach('w-00000000000000000');
  assert.equal(await workflows.upload('a.txt'), undefined);
  const [[stream, lines] = []] = [...workflows.parts.logs.streams];
  assert.equal(stream, `/aws/transfer/${SERVER}:alice.0123456789abcdef`);
  const [line] = lines as readonly { message: string; 'activity-type': string }[];
  assert.equal(line?.message, 'Service failure on starting workflow');
  assert.equal(line?.['activity-type'], 'ERROR');
});

test('lines go on after a write that failed', async () => {
  const workflows = await TestWorkflows.open();
  const id = await workflows.use([custom(), remove()]);
  const execution = await workflows.upload('a.txt');
  await settle();
  const [call] = workflows.calls;
  assert.ok(call);
  workflows.store.failNext(1);
  await assert.rejects(workflows.answer(call, 'SUCCESS'), { name: 'Unavailable' });
  for (let i = 0; i < 5; i++) await workflows.pass(2);
  await workflows.answer(call, 'SUCCESS');
  await settle();
  assert.deepEqual(types(linesOf(workflows.parts.logs, id, execution)), [
    'ExecutionStarted',
    ...['StepStarted', 'StepCompleted', 'StepStarted', 'StepCompleted'],
    'ExecutionCompleted',
  ]);
});

test('a stream that cannot be read is reported, and keeps nothing else from going on', async () => {
  const before = await TestWorkflows.open();
  const id = await before.use([custom()]);
  const [first, second] = [await before.upload('a.txt'), await before.upload('b.txt')];
  await settle();
  const { logs } = before.parts;
  const read = logs.read.bind(logs);
  const isFirst = (stream: string) => stream.endsWith(first?.replaceAll('-', '').slice(0, 16) ?? '');
  logs.read = async (stream) => {
    if (isFirst(stream.stream)) throw new Error('the disk is gone');
    return read(stream);
  };
  const after = await before.crash();
  await settle();
  for (const call of after.calls) await after.answer(call, 'SUCCESS');
  await settle();
  assert.deepEqual(after.errors.map(String), ['Error: the disk is gone']);
  assert.deepEqual(types(linesOf(logs, id, second)).slice(-1), ['ExecutionCompleted']);
  assert.equal((await after.outcome(id, first)).Status, 'COMPLETED');
});
