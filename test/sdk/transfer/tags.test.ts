import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paginateListTagsForResource, type Tag, type Transfer } from '@aws-sdk/client-transfer';
import { account, region } from '../../support/start-server.ts';
import { openWorld, ROLE, refuses } from './transfer-client.ts';

const prefix = `arn:aws:transfer:${region}:${account}`;

async function tagsOf(client: Transfer, arn: string): Promise<readonly Tag[]> {
  return (await client.listTagsForResource({ Arn: arn })).Tags ?? [];
}

test('servers, users and host keys have tags', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  await client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE });
  const { HostKeys: [key] = [] } = await client.listHostKeys({ ServerId: id });
  for (const path of [`server/${id}`, `user/${id}/alice`, `host-key/${id}/${key?.HostKeyId}`]) {
    const arn = `${prefix}:${path}`;
    assert.deepEqual(await tagsOf(client, arn), []);
    const add = (...pairs: readonly (readonly [string, string])[]) =>
      client.tagResource({ Arn: arn, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) });
    await add(['b', '1'], ['a', '']);
    await add(['b', '2'], ['aws:transfer:customHostname', 'sftp.example.com']);
    assert.deepEqual(await tagsOf(client, arn), [
      { Key: 'a', Value: '' },
      { Key: 'aws:transfer:customHostname', Value: 'sftp.example.com' },
      { Key: 'b', Value: '2' },
    ]);
    await client.untagResource({ Arn: arn, TagKeys: ['a', 'never there'] });
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListTagsForResource({ client, pageSize: 1 }, { Arn: arn })) {
      assert.equal(page.Arn, arn);
      pages.push((page.Tags ?? []).map(({ Key: tagKey }) => tagKey));
    }
    assert.deepEqual(pages, [['aws:transfer:customHostname'], ['b']]);
    const many = Array.from({ length: 49 }, (_, at) => [`n${at}`, ''] as const);
    await refuses(add(...many), 'InvalidRequestException', { message: /at most 50 tags/ });
  }
});

test('an ARN that names nothing is not found', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  for (const arn of [
    `${prefix}:server/s-00000000000000000`,
    `${prefix}:user/${id}/nobody`,
    `${prefix}:host-key/${id}/hostkey-00000000000000000`,
    `${prefix}:workflow/w-00000000000000000`,
    `${prefix}:connector/c-00000000000000000`,
    `${prefix}:server/${id}/more`,
    `${prefix}:server/constructor`,
    `arn:aws:transfer:${region}:999999999999:server/${id}`,
    `arn:aws:transfer:eu-west-1:${account}:server/${id}`,
    `arn:aws:s3:::bucket-of-mine`,
  ]) {
    await refuses(client.listTagsForResource({ Arn: arn }), 'ResourceNotFoundException');
    await refuses(client.untagResource({ Arn: arn, TagKeys: ['a'] }), 'ResourceNotFoundException');
    const Tags = [{ Key: 'a', Value: 'b' }];
    await refuses(client.tagResource({ Arn: arn, Tags }), 'ResourceNotFoundException');
  }
});

test('a server’s tags tell where it listens, else where its client would have it listen', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer();
  const arn = `${prefix}:server/${id}`;
  const wish = (Value: string) => client.tagResource({ Arn: arn, Tags: [{ Key: 'orrery:listen', Value }] });
  const shown = async () => {
    const { Server: server } = await client.describeServer({ ServerId: id });
    const tags = await tagsOf(client, arn);
    assert.deepEqual(server?.Tags, tags);
    return tags;
  };
  assert.deepEqual(await shown(), []);
  for (const Value of ['2022', 'sftp.example.com:22', '[::1]:2022', '0']) {
    await wish(Value);
    assert.deepEqual(await shown(), [{ Key: 'orrery:listen', Value }]);
  }
  for (const Value of ['', 'host', 'host:', ':22', '::1:22', '99999', 'a b:22'])
    await refuses(wish(Value), 'InvalidRequestException');
  for (const Value of ['127.0.0.1:2222', '::1:2222']) {
    listeners.addresses.set(id, Value);
    assert.deepEqual(await shown(), [{ Key: 'orrery:listen', Value }]);
  }
  await client.untagResource({ Arn: arn, TagKeys: ['orrery:listen'] });
  assert.equal((await shown()).length, 1);
  assert.equal(listeners.followed.length, 6);
});

test('the tag of the place where a server listens does not count among the most that it can have', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer({
    Tags: Array.from({ length: 50 }, (_, at) => ({ Key: `n${at}`, Value: '' })),
  });
  listeners.addresses.set(id, '127.0.0.1:2222');
  const { Server: server } = await client.describeServer({ ServerId: id });
  assert.equal(server?.Tags?.length, 51);
  assert.equal((await tagsOf(client, `${prefix}:server/${id}`)).length, 51);
});
