import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Rejection } from '../../src/kernel/errors.ts';
import type { ReceivedMessage } from '../../src/queues/message-queues.ts';
import type { NewMessage } from '../../src/queues/new-message.ts';
import { openStore } from '../../src/stores/open-store.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { ACCOUNT, openQueues, type TestQueues } from '../support/open-queues.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { callerOf, settle } from '../support/toy-kernel.ts';

/** The bodies of everything that can be received now, in that order. */
async function takeAll(queues: TestQueues, queue = 'jobs'): Promise<string[]> {
  const bodies: string[] = [];
  for (let next = await queues.take({ queue }); next !== undefined; next = await queues.take({ queue }))
    bodies.push(next.message.body);
  return bodies;
}

async function mustTake(queues: TestQueues): Promise<ReceivedMessage> {
  const received = await queues.take();
  assert(received);
  return received;
}

const receiptOf = ({ receiptHandle }: ReceivedMessage) => ({
  account: ACCOUNT,
  queue: 'jobs',
  receiptHandle,
});

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  assert(error instanceof Rejection, String(error));
  return error.reason;
}

describe('receiving', () => {
  test('gives a message whole, and to nobody else while it is hidden', async () => {
    const queues = await openQueues();
    const messageId = await queues.put('hello', { tag: 'red', attributes: { a: 1 } });
    const received = await mustTake(queues);
    assert.equal(received.messageId, messageId);
    assert.equal(received.bodyMd5, '5D41402ABC4B2A76B9719D911017C592');
    assert.deepEqual(
      [received.message.body, received.message.tag, received.message.attributes, received.receiveCount],
      ['hello', 'red', { a: 1 }, 1],
    );
    assert.equal(await queues.take(), undefined);
  });

  test('goes by priority, then by age', async () => {
    const queues = await openQueues();
    await queues.put('a', { priority: 16 });
    await queues.put('b');
    await queues.put('c', { priority: 1 });
    await queues.pass(1);
    await queues.put('d');
    await queues.put('e', { priority: 1 });
    assert.deepEqual(await takeAll(queues), ['c', 'e', 'b', 'd', 'a']);
  });

  test('keeps queues and accounts apart', async () => {
    const queues = await openQueues();
    await queues.put('mine', { queue: 'other' });
    await queues.put('theirs', { account: '1' });
    assert.equal(await queues.take(), undefined);
    assert.deepEqual(await takeAll(queues, 'other'), ['mine']);
    assert.equal((await queues.take({ account: '1' }))?.message.body, 'theirs');
  });

  test('waits for a message, or until its time is up', async () => {
    const queues = await openQueues();
    const caller = callerOf(new AbortController().signal);
    const wish = { account: ACCOUNT, queue: 'jobs', waitMs: 5000, hiddenForMs: 1000, caller };
    const first = queues.receive(wish);
    await settle();
    await queues.put('here');
    assert.equal((await first)?.message.body, 'here');
    const second = queues.receive({ ...wish, queue: 'empty' });
    await queues.pass(5);
    assert.equal(await second, undefined);
  });

  test('hands on what was given to a client who had left', async () => {
    const queues = await openQueues();
    await queues.put('here');
    const caller = { ...callerOf(new AbortController().signal), hasLeft: true, hasEnded: false };
    const wish = { account: ACCOUNT, queue: 'jobs', waitMs: 0, hiddenForMs: 30_000 };
    assert.equal(await queues.receive({ ...wish, caller }), undefined);
    const received = await mustTake(queues);
    assert.deepEqual([received.message.body, received.receiveCount], ['here', 1]);
  });

  test('a held-back message comes when its time has come', async () => {
    const queues = await openQueues();
    await queues.put('later', { delaySeconds: 60 });
    await queues.pass(59);
    assert.equal(await queues.take(), undefined);
    await queues.pass(1);
    assert.deepEqual(await takeAll(queues), ['later']);
  });
});

describe('a message that was received', () => {
  test('comes again when it is not deleted in time; only its latest receipt counts', async () => {
    const queues = await openQueues();
    await queues.put('once more');
    const first = await mustTake(queues);
    await queues.pass(30);
    const second = await mustTake(queues);
    assert.deepEqual([second.messageId, second.receiveCount], [first.messageId, 2]);
    assert.equal(second.firstReceivedAt, first.firstReceivedAt);
    assert.equal(await reasonOf(queues.remove(receiptOf(first))), 'stale-receipt');
    assert.equal(await reasonOf(queues.hide(receiptOf(first), 0)), 'stale-receipt');
    await queues.remove(receiptOf(second));
    await queues.pass(60);
    assert.equal(await queues.take(), undefined);
    assert.equal(await reasonOf(queues.remove(receiptOf(second))), 'unknown-message');
  });

  test('may be deleted late, as long as nobody else has it', async () => {
    const queues = await openQueues();
    await queues.put('late');
    const received = await mustTake(queues);
    await queues.pass(31);
    await queues.remove(receiptOf(received));
    assert.equal(await queues.take(), undefined);
  });

  test('stays hidden for as long as is asked for, or comes back at once', async () => {
    const queues = await openQueues();
    await queues.put('slow');
    const first = await mustTake(queues);
    await queues.pass(20);
    await queues.hide(receiptOf(first), 30_000);
    await queues.pass(29);
    assert.equal(await queues.take(), undefined);
    await queues.pass(1);
    await queues.hide(receiptOf(await mustTake(queues)), 0);
    assert.equal((await mustTake(queues)).receiveCount, 3);
  });

  test('is not found under another queue, account or handle', async () => {
    const queues = await openQueues();
    await queues.put('here');
    const receipt = receiptOf(await mustTake(queues));
    const others = [
      { queue: 'other' },
      { account: '1' },
      { receiptHandle: 'x' },
      { receiptHandle: `${'0'.repeat(32)}-1` },
    ];
    for (const other of others)
      assert.equal(await reasonOf(queues.remove({ ...receipt, ...other })), 'unknown-message');
  });

  test('is gone when it has become too old, received or not', async () => {
    const queues = await openQueues({ 'queues.messageSeconds': 100 });
    await queues.put('seen');
    await mustTake(queues);
    await queues.put('held back', { delaySeconds: 200, queue: 'late' });
    await queues.pass(100);
    assert.equal(await queues.take(), undefined);
    await queues.pass(100);
    assert.deepEqual(await takeAll(queues, 'late'), ['held back']);
    await queues.pass(100);
    assert.equal(queues.kernel.countOpen('queue', ACCOUNT), 0);
  });
});

describe('sending', () => {
  test('under one key is sending once, also at once and after the message is gone', async () => {
    const queues = await openQueues();
    const more = { idempotency: 'k' };
    const [id, same] = await Promise.all([queues.put('a', more), queues.put('a', more)]);
    assert.equal(id, same);
    await queues.remove(receiptOf(await mustTake(queues)));
    assert.equal(await queues.put('a', more), id);
    assert.equal(await queues.take(), undefined);
    assert.notEqual(await queues.put('a', { ...more, queue: 'other' }), id);
    await queues.pass(86_401);
    await queues.put('a', more);
    assert.deepEqual(await takeAll(queues), ['a']);
  });

  const WRONG: readonly (readonly [what: string, message: Partial<NewMessage>])[] = [
    ['no name of a queue', { queue: 'a/b' }],
    ['an empty name', { queue: '' }],
    ['an empty body', { body: '' }],
    ['a large body', { body: 'ä'.repeat(51) }],
    ['a long tag', { tag: 'x'.repeat(129) }],
    ['priority 0', { priority: 0 }],
    ['priority 17', { priority: 17 }],
    ['half a priority', { priority: 1.5 }],
    ['a negative delay', { delaySeconds: -1 }],
    ['a delay of more than a week', { delaySeconds: 604_801 }],
  ];
  for (const [what, message] of WRONG) {
    test(`with ${what} is refused`, async () => {
      const queues = await openQueues({ 'queues.messageBytes': 100 });
      assert.equal(await reasonOf(queues.put('a', message)), 'invalid-message');
    });
  }

  test('is refused when there are too many messages, and possible again after one is gone', async () => {
    const queues = await openQueues({ 'queues.messages': 2 });
    await queues.put('a');
    await queues.put('b');
    assert.equal(await reasonOf(queues.put('c')), 'too-many-messages');
    await queues.remove(receiptOf(await mustTake(queues)));
    await queues.put('c');
  });
});

describe('after a restart', () => {
  test('waiting, hidden and held-back messages are where they were', async () => {
    const queues = await openQueues();
    await queues.put('hidden', { priority: 1 });
    await queues.put('waiting', { priority: 2 });
    await queues.put('held back', { delaySeconds: 60 });
    const received = await mustTake(queues);
    const reopened = await queues.crash();
    assert.deepEqual(await takeAll(reopened), ['waiting']);
    await reopened.pass(30);
    assert.deepEqual(await takeAll(reopened), ['hidden', 'waiting']);
    assert.equal(await reasonOf(reopened.remove(receiptOf(received))), 'stale-receipt');
    await reopened.pass(30);
    assert.deepEqual(await takeAll(reopened), ['hidden', 'waiting', 'held back']);
  });

  test('a receipt is still good, and a deleted message does not come back', async () => {
    const queues = await openQueues();
    await queues.put('a', { idempotency: 'k' });
    const received = await mustTake(queues);
    const second = await queues.crash();
    await second.remove(receiptOf(received));
    const third = await second.crash();
    await third.put('a', { idempotency: 'k' });
    await third.pass(60);
    assert.equal(await third.take(), undefined);
  });

  test('everything is read from a file again', async (t) => {
    const { path } = await makeTemporaryDirectory(t);
    const open = () => openStore({ url: 'sqlite', dataDirectory: path });
    const store = await open();
    const queues = await openQueues({}, store);
    await queues.put('hidden', { priority: 1, attributes: { a: ['ä'] } });
    await queues.put('done', { priority: 2, idempotency: 'k' });
    await queues.put('waiting', { priority: 3 });
    await mustTake(queues);
    await queues.remove(receiptOf(await mustTake(queues)));
    await queues.kernel.stop();
    await store.close();
    const reopened = await openQueues({}, await open(), createFixedClock(queues.clock.now()));
    await reopened.put('done', { priority: 2, idempotency: 'k' });
    assert.deepEqual(await takeAll(reopened), ['waiting']);
    await reopened.pass(30);
    assert.deepEqual((await mustTake(reopened)).message.attributes, { a: ['ä'] });
    await reopened.kernel.stop();
    await reopened.store.close();
  });

  test('what was not written was not sent', async () => {
    const queues = await openQueues();
    queues.store.hold();
    void queues.put('lost').catch(() => undefined);
    await settle();
    assert.equal(await (await queues.crash()).take(), undefined);
  });
});
