import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openMemoryStore } from '../../../../src/stores/memory/memory-store.ts';
import { type Caller, createCaller } from '../../../support/caller.ts';
import { createFixedClock, type FixedClock } from '../../../support/fixed-clock.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

interface Answer {
  readonly messageId?: string;
  readonly bodyMd5?: string;
  readonly message?: Readonly<Record<string, unknown>> & { readonly receiptHandle: string };
  readonly error?: { readonly type: string; readonly message: string };
}

const policy = (action: string, resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

const QUEUE = 'arn:orrery:queues::123456789012:queue/open';
const STRANGER = { id: 'STRANGER', secret: 's1', account: '999999999999' };
const SENDER = { id: 'SENDER', secret: 's2', policies: [policy('orrery:SendMessage', QUEUE)] };

describe('queues over HTTP', () => {
  let clock: FixedClock;
  let server: TestServer;
  let owner: Caller;

  before(async () => {
    clock = createFixedClock();
    server = await startServer({ clock, keys: [STRANGER, SENDER], limits: { 'queues.messageBytes': 100 } });
    owner = createCaller(server);
  });
  after(() => server.stop());

  const path = (queue: string, rest = ''): string => `queues/${queue}/messages${rest}`;
  const send = (queue: string, message: unknown, caller = owner) =>
    caller.get<Answer>(path(queue), { method: 'POST', body: JSON.stringify(message) });

  it('a message is sent, received, hidden longer, and deleted', async () => {
    const message = { body: 'hello', tag: 't', attributes: { a: 1 }, priority: 3 };
    const sent = await send('whole', message);
    assert.equal(sent.status, 201);
    const { status, body } = await owner.get<Answer>(path('whole', '?visibility=10'));
    const now = new Date(clock.now()).toISOString();
    assert.equal(status, 200);
    assert.deepEqual(body.message, {
      ...message,
      ...sent.body,
      receiptHandle: `${sent.body.messageId}-1`,
      sentAt: now,
      firstReceivedAt: now,
      visibleAt: new Date(clock.now() + 10_000).toISOString(),
      receiveCount: 1,
    });
    const receipt = path('whole', `/${body.message?.receiptHandle}`);
    assert.equal((await owner.get(`${receipt}?visibility=0`, { method: 'PUT' })).status, 200);
    const again = await owner.get<Answer>(path('whole'));
    assert.equal(again.body.message?.receiveCount, 2);
    assert.equal((await owner.get(receipt, { method: 'DELETE' })).status, 409);
    const latest = path('whole', `/${again.body.message?.receiptHandle}`);
    assert.equal((await owner.get(latest, { method: 'DELETE' })).status, 200);
    assert.equal((await owner.get(latest, { method: 'DELETE' })).status, 404);
    assert.deepEqual((await owner.get<Answer>(path('whole'))).body, { message: null });
  });

  it('a receiver waits for a message', async () => {
    const waiting = owner.get<Answer>(path('wait', '?wait=20'));
    await send('wait', { body: 'here' });
    assert.equal((await waiting).body.message?.body, 'here');
  });

  it('one key is one message', async () => {
    const message = { body: 'once', idempotencyKey: 'k' };
    assert.deepEqual(await send('keys', message), await send('keys', message));
    await owner.get(path('keys'));
    assert.deepEqual((await owner.get<Answer>(path('keys'))).body, { message: null });
  });

  it('accounts have queues of their own', async () => {
    await send('mine', { body: 'secret' });
    const stranger = createCaller(server, { key: STRANGER });
    assert.deepEqual((await stranger.get<Answer>(path('mine'))).body, { message: null });
    const { body } = await owner.get<Answer>(path('mine'));
    const receipt = path('mine', `/${body.message?.receiptHandle}`);
    assert.equal((await stranger.get(receipt, { method: 'DELETE' })).status, 404);
  });

  it('a key may do what its policies allow', async () => {
    const sender = createCaller(server, { key: SENDER });
    assert.equal((await send('open', { body: 'x' }, sender)).status, 201);
    assert.equal((await send('other', { body: 'x' }, sender)).status, 403);
    const receipt = path('open', '/x');
    assert.equal((await sender.get(path('open'))).status, 403);
    assert.equal((await sender.get(receipt, { method: 'DELETE' })).status, 403);
    assert.equal((await sender.get(`${receipt}?visibility=1`, { method: 'PUT' })).status, 403);
  });

  it('a message is no execution', async () => {
    await send('hidden', { body: 'x' });
    const { body } = await owner.get<{ readonly executions: readonly unknown[] }>('executions');
    assert.deepEqual(body.executions, []);
  });

  const WRONG: readonly (readonly [what: string, text: string, type: string])[] = [
    ['no JSON', '{', 'bad-body'],
    ['a list', '[]', 'bad-body'],
    ['nothing', 'null', 'bad-body'],
    ['no body', '{}', 'bad-body'],
    ['a body that is no text', '{"body":1}', 'bad-body'],
    ['an unknown member', '{"body":"x","colour":1}', 'bad-body'],
    ['a member that every object has', '{"body":"x","toString":"y"}', 'bad-body'],
    ['attributes that are a list', '{"body":"x","attributes":[]}', 'bad-body'],
    ['a priority out of bounds', '{"body":"x","priority":0}', 'invalid-message'],
    ['a body that is too large', JSON.stringify({ body: 'x'.repeat(101) }), 'invalid-message'],
  ];
  for (const [what, body, type] of WRONG) {
    it(`a message with ${what} is refused`, async () => {
      const answer = await owner.get<Answer>(path('wrong'), { method: 'POST', body });
      assert.deepEqual([answer.status, answer.body.error?.type], [400, type]);
    });
  }

  const BAD: readonly (readonly [method: string, rest: string])[] = [
    ['GET', '?wait=61'],
    ['GET', '?visibility=43201'],
    ['GET', '?max=2'],
    ['PUT', '/x'],
    ['PUT', '/x?visibility=-1'],
    ['DELETE', '/x?force=true'],
    ['POST', '?wait=1'],
  ];
  for (const [method, rest] of BAD) {
    it(`${method} …${rest} is a bad parameter`, async () => {
      const asking = method === 'POST' ? { method, body: '{"body":"x"}' } : { method };
      const { status, body } = await owner.get<Answer>(path('wrong', rest), asking);
      assert.deepEqual([status, body.error?.type], [400, 'bad-parameter']);
    });
  }

  it('a queue must have a name that can be one', async () => {
    for (const asking of [{}, { method: 'POST', body: '{"body":"x"}' }])
      assert.equal((await owner.get<Answer>(path('a.b'), asking)).body.error?.type, 'invalid-message');
  });
});

it('asking for a message as an execution finds none', async () => {
  const store = openMemoryStore();
  const server = await startServer({ store });
  const owner = createCaller(server);
  await owner.get('queues/q/messages', { method: 'POST', body: '{"body":"x"}' });
  const ids: string[] = [];
  for await (const loaded of store.load(Array.from({ length: 256 }, (_, shard) => shard)))
    if (loaded.kind === 'execution') ids.push(loaded.execution.id);
  assert.equal(ids.length, 1);
  assert.equal((await owner.get(`executions/${ids[0]}`)).status, 404);
  await server.stop();
});
