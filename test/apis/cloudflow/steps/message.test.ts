import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageStep } from '../../../../src/apis/cloudflow/steps/message.ts';
import { Rejection, Unavailable } from '../../../../src/kernel/errors.ts';
import type { NewMessage } from '../../../../src/queues/new-message.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { openQueues, type TestQueues } from '../../../support/open-queues.ts';
import { runStep, stepFailure } from '../../../support/run-step.ts';
import { settle } from '../../../support/toy-kernel.ts';

const TOPICS = { orders: ['ship', 'bill'] };
const accountOf = (scope: string): string => scope.split('/')[0] ?? '';

const stepOver = (queues: TestQueues) =>
  messageStep({ sendMessage: queues.send, clock: queues.clock, topics: TOPICS, accountOf });

const call = (parameters: object, resource = 'acs:mns:::/queues/jobs/messages') => ({
  resource,
  parameters,
  idempotency: 'attempt-1',
});

describe('a message', () => {
  test('reaches its queue, and the result says so as the vendor does', async () => {
    const queues = await openQueues();
    const result = (await runStep(stepOver(queues), call({ message: 'hello' }))) as Record<string, string>;
    const received = await queues.take();
    assert.equal(received?.message.body, 'hello');
    assert.deepEqual(Object.keys(result), ['MessageId', 'RequestId', 'MessageBodyMD5']);
    assert.equal(result.MessageId, received?.messageId);
    assert.match(result.RequestId ?? '', /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    assert.equal(result.MessageBodyMD5, '5D41402ABC4B2A76B9719D911017C592');
  });

  test('that is sent again by the same attempt is the same message, also after a restart', async () => {
    const queues = await openQueues();
    const first = await runStep(stepOver(queues), call({ message: 'a' }));
    const reopened = await queues.crash();
    assert.deepEqual(await runStep(stepOver(reopened), call({ message: 'a' })), first);
    await runStep(stepOver(reopened), { ...call({ message: 'b' }), idempotency: 'attempt-2' });
    const bodies = [await reopened.take(), await reopened.take(), await reopened.take()];
    assert.deepEqual(
      bodies.map((received) => received?.message.body),
      ['a', 'b', undefined],
    );
  });

  const FORMS: readonly (readonly [parameters: object, sent: Partial<NewMessage>])[] = [
    [{ messageBody: 'legacy' }, { body: 'legacy' }],
    [{ message: { a: [1] } }, { body: '{"a":[1]}' }],
    [{ message: 7 }, { body: '7' }],
    [
      { message: 'x', messageTag: 't', priority: 1 },
      { body: 'x', tag: 't', priority: 1 },
    ],
    [
      { message: 'x', priority: '16' },
      { body: 'x', priority: 16 },
    ],
    [
      { message: 'x', priority: null, messageTag: null, messageAttributes: null },
      { body: 'x', priority: 8 },
    ],
    [{ message: 'x', messageAttributes: { MailAttributes: {} } }, { attributes: { MailAttributes: {} } }],
  ];
  for (const [parameters, sent] of FORMS) {
    test(`of ${JSON.stringify(parameters)}`, async () => {
      const queues = await openQueues();
      await runStep(stepOver(queues), call(parameters));
      const { message } = (await queues.take()) ?? {};
      assert.deepEqual({ ...message, ...sent }, message);
    });
  }

  test('may be held back', async () => {
    const queues = await openQueues();
    await runStep(stepOver(queues), call({ message: 'x', delaySeconds: '10' }));
    assert.equal(await queues.take(), undefined);
    await queues.pass(10);
    assert.equal((await queues.take())?.message.body, 'x');
  });
});

test('a topic reaches the queues that are configured for it, else the one of its name', async () => {
  const queues = await openQueues();
  const region = 'acs:mns:cn-hangzhou:1234567890123456';
  await runStep(stepOver(queues), call({ message: 'all' }, `${region}:/topics/orders/messages`));
  await runStep(stepOver(queues), call({ message: 'one' }, `${region}:/topics/toString/messages`));
  await runStep(stepOver(queues), call({ message: 'own' }, `${region}:/queues/orders/messages`));
  for (const [queue, body] of [
    ['ship', 'all'],
    ['bill', 'all'],
    ['toString', 'one'],
    ['orders', 'own'],
  ] as const)
    assert.equal((await queues.take({ queue }))?.message.body, body);
});

const WRONG: readonly (readonly [parameters: object, resource?: string])[] = [
  [{}],
  [{ message: null }],
  [{ message: 'x'.repeat(101) }],
  [{ message: 'x', priority: 'high' }],
  [{ message: 'x', priority: 17 }],
  [{ message: 'x', delaySeconds: true }],
  [{ message: 'x', messageAttributes: [] }],
  [{ message: 'x' }, 'acs:mns:::/queues/jobs'],
  [{ message: 'x' }, 'acs:mns:::/queues/j.obs/messages'],
];
for (const [parameters, resource] of WRONG) {
  test(`${JSON.stringify(parameters).slice(0, 60)} to ${resource} is an invalid argument`, async () => {
    const queues = await openQueues({ 'queues.messageBytes': 100 });
    const [name, cause] = await stepFailure(stepOver(queues), call(parameters, resource));
    assert.equal(name, 'MNS.InvalidArgument');
    assert.equal(typeof cause, 'string');
  });
}

test('too many messages are a failure of their own', async () => {
  const sendMessage = () => Promise.reject(new Rejection('too-many-messages'));
  const step = messageStep({ sendMessage, clock: createFixedClock(), topics: {}, accountOf });
  assert.equal((await stepFailure(step, call({ message: 'x' })))[0], 'MNS.TooManyMessages');
});

describe('while the store cannot write', () => {
  test('sending is tried again', async () => {
    const clock = createFixedClock();
    let tries = 0;
    const sendMessage = async () => {
      if (++tries < 3) throw new Unavailable('no space');
      return { messageId: 'A'.repeat(32), bodyMd5: 'B' };
    };
    const step = messageStep({ sendMessage, clock, topics: {}, accountOf });
    const result = runStep(step, call({ message: 'x' }));
    for (let i = 0; i < 2; i++) {
      await settle();
      clock.advance(1000);
    }
    assert.equal(((await result) as { readonly MessageBodyMD5: string }).MessageBodyMD5, 'B');
    assert.equal(tries, 3);
  });

  test('waiting ends with the effect', async () => {
    const clock = createFixedClock();
    const controller = new AbortController();
    const sendMessage = () => Promise.reject(new Unavailable('no space'));
    const step = messageStep({ sendMessage, clock, topics: {}, accountOf });
    const result = runStep(step, call({ message: 'x' }), { signal: controller.signal });
    await settle();
    controller.abort(new Error('enough'));
    await assert.rejects(result, { message: 'enough' });
    assert.equal(clock.waiting, 0);
  });
});
