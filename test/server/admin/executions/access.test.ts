import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCaller } from '../../../support/caller.ts';
import { registerOrders } from '../../../support/order-workflow.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

interface Answer {
  readonly executions?: readonly { readonly name: string }[];
  readonly error?: { readonly type: string; readonly message: string };
}

const ORDERS = 'arn:aws:swf:us-east-1:123456789012:/domain/orders';

const policy = (action: string | readonly string[], resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

const KEYS = [
  { id: 'STRANGER', secret: 's1', account: '999999999999' },
  { id: 'ORDERSONLY', secret: 's2', policies: [policy('orrery:*', ORDERS)] },
  { id: 'LISTER', secret: 's3', policies: [policy('orrery:ListExecutions', '*')] },
  { id: 'READER', secret: 's4', policies: [policy(['orrery:GetExecution', 'orrery:List*'], '*')] },
  { id: 'SWFONLY', secret: 's5', policies: [policy('swf:*', '*')] },
];

describe('who may see executions', () => {
  let server: TestServer;
  let order = '';
  let refund = '';

  before(async () => {
    server = await startServer({ keys: KEYS });
    const owner = createCaller(server);
    order = await (await registerOrders(owner, 'orders')).start('order-1');
    refund = await (await registerOrders(owner, 'refunds')).start('refund-1');
  });
  after(() => server.stop());

  const ask = (id: string, path: string) => {
    const key = KEYS.find((entry) => entry.id === id);
    assert.ok(key);
    return createCaller(server, { key }).get<Answer>(path);
  };

  it('shows nothing of other accounts', async () => {
    const { status, body } = await ask('STRANGER', 'executions');
    assert.deepEqual([status, body.executions], [200, []]);
    for (const path of ['', '/history', '/steps', '/events']) {
      assert.equal((await ask('STRANGER', `executions/${order}${path}`)).status, 404);
    }
  });

  it('lists only the scopes that the policy allows', async () => {
    const { body } = await ask('ORDERSONLY', 'executions');
    assert.deepEqual(
      body.executions?.map(({ name }) => name),
      ['order-1'],
    );
    const all = await ask('LISTER', 'executions?order=oldest');
    assert.deepEqual(all.body.executions?.map(({ name }) => name).toSorted(), ['order-1', 'refund-1']);
  });

  const cases: readonly (readonly [key: string, path: () => string, status: number])[] = [
    ['ORDERSONLY', () => `executions/${order}`, 200],
    ['ORDERSONLY', () => `executions/${order}/history`, 200],
    ['ORDERSONLY', () => `executions/${refund}`, 403],
    ['LISTER', () => `executions/${order}`, 403],
    ['READER', () => `executions/${order}`, 200],
    ['READER', () => `executions/${order}/history`, 403],
    ['READER', () => `executions/${order}/steps`, 403],
    ['READER', () => `executions/${order}/events`, 403],
    ['SWFONLY', () => 'executions', 403],
    ['SWFONLY', () => `executions/${order}`, 403],
  ];
  for (const [key, path, expected] of cases) {
    it(`answers ${expected} to ${key} for ${path().replace('executions/', 'an execution ')}`, async () => {
      const { status, body } = await ask(key, path());
      assert.equal(status, expected);
      if (expected === 403) assert.equal(body.error?.type, 'AccessDeniedException');
    });
  }

  it('names the action and the resource in a refusal', async () => {
    const { body } = await ask('LISTER', `executions/${order}`);
    assert.equal(
      body.error?.message,
      `Not authorized to perform: orrery:GetExecution on resource: ${ORDERS}`,
    );
  });

  it('refuses requests that are not signed', async () => {
    const response = await fetch(`${server.endpoint}/api/v1/executions`);
    const { error } = (await response.json()) as Answer;
    assert.deepEqual([response.status, error?.type], [403, 'MissingAuthenticationTokenException']);
  });
});
