import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCaller } from '../support/caller.ts';
import { fnfClient } from '../support/fnf-client.ts';
import { startServer } from '../support/start-server.ts';

const KEY = { id: 'FROMHERE', secret: 'a-secret' };

/** What a key may do whose policy has this condition: in SWF, in CloudFlow, and in Orrery's own API. */
async function allowedWith(t: TestContext, Effect: string, Condition: object): Promise<boolean[]> {
  const anything = { Action: '*', Resource: '*' };
  const Statement = [
    { Effect, ...anything, Condition },
    ...(Effect === 'Deny' ? [{ Effect: 'Allow', ...anything }] : []),
  ];
  const server = await startServer({ keys: [{ ...KEY, policies: [{ Version: '1', Statement }] }] });
  t.after(() => server.stop());
  const caller = createCaller(server, { key: KEY });
  const fnf = fnfClient({ endpoint: server.endpoint, accessKeyId: KEY.id, accessKeySecret: KEY.secret });
  const isAnswered = (answer: Promise<unknown>): Promise<boolean> =>
    answer.then(
      () => true,
      () => false,
    );
  return Promise.all([
    isAnswered(caller.swf('ListDomains', { registrationStatus: 'REGISTERED' })),
    isAnswered(fnf.listFlows({})),
    caller.get('queues/q/messages').then(({ status }) => status !== 403),
  ]);
}

for (const key of ['aws:SourceIp', 'acs:SourceIp']) {
  test(`a policy may allow some addresses by ${key}, whatever is called`, async (t) => {
    const here = await allowedWith(t, 'Allow', { IpAddress: { [key]: ['10.0.0.0/8', '127.0.0.0/8'] } });
    assert.deepEqual(here, [true, true, true]);
    const elsewhere = await allowedWith(t, 'Allow', { IpAddress: { [key]: '10.0.0.0/8' } });
    assert.deepEqual(elsewhere, [false, false, false]);
  });

  test(`and deny all others by ${key}`, async (t) => {
    const here = await allowedWith(t, 'Deny', { NotIpAddress: { [key]: '127.0.0.1' } });
    assert.deepEqual(here, [true, true, true]);
    const elsewhere = await allowedWith(t, 'Deny', { NotIpAddress: { [key]: '::1' } });
    assert.deepEqual(elsewhere, [false, false, false]);
  });
}
