import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { account, region } from '../../support/start-server.ts';
import { HOST_KEYS, openWorld, refuses } from './transfer-client.ts';

test('host keys are imported, described and deleted; the last one stays', async (t) => {
  const clock = createFixedClock();
  const { client, createServer, listeners } = await openWorld(t, { clock });
  const id = await createServer();
  clock.advance(1000);
  const asked = { Description: 'the new one (2026)', Tags: [{ Key: 'a', Value: 'b' }] };
  const { HostKeyId: keyId = '', ServerId: serverId } = await client.importHostKey({
    ServerId: id,
    HostKeyBody: HOST_KEYS.ecdsa,
    ...asked,
  });
  assert.equal(serverId, id);
  assert.match(keyId, /^hostkey-[0-9a-f]{17}$/);
  const name = { ServerId: id, HostKeyId: keyId };
  const { HostKey: key } = await client.describeHostKey(name);
  assert.deepEqual(key, {
    Arn: `arn:aws:transfer:${region}:${account}:host-key/${id}/${keyId}`,
    HostKeyId: keyId,
    HostKeyFingerprint: key?.HostKeyFingerprint,
    Type: 'ecdsa-sha2-nistp256',
    DateImported: new Date(clock.now()),
    ...asked,
  });
  assert.equal(
    (await client.describeServer({ ServerId: id })).Server?.HostKeyFingerprint,
    key?.HostKeyFingerprint,
  );
  await client.updateHostKey({ ...name, Description: 'renamed' });
  const { HostKeys: keys = [] } = await client.listHostKeys({ ServerId: id });
  assert.deepEqual(
    keys.map(({ Type, Description }) => [Type, Description]),
    [
      ['ssh-ed25519', undefined],
      ['ecdsa-sha2-nistp256', 'renamed'],
    ],
  );
  assert.equal(keys[1]?.Fingerprint, key?.HostKeyFingerprint);
  const pages = [await client.listHostKeys({ ServerId: id, MaxResults: 1 })];
  pages.push(await client.listHostKeys({ ServerId: id, MaxResults: 1, NextToken: pages[0]?.NextToken }));
  assert.deepEqual(
    pages.flatMap(({ HostKeys: list = [] }) => list),
    keys,
  );
  assert.equal(pages[1]?.NextToken, undefined);
  await refuses(
    client.importHostKey({ ServerId: id, HostKeyBody: HOST_KEYS.ecdsa }),
    'ResourceExistsException',
    { resource: ['HostKey', keyId] },
  );
  const first = { ServerId: id, HostKeyId: keys[0]?.HostKeyId };
  await client.deleteHostKey(first);
  await refuses(client.deleteHostKey(first), 'ResourceNotFoundException', {
    message: 'Unknown host key',
    resource: ['HostKey', first.HostKeyId ?? ''],
  });
  await refuses(client.deleteHostKey(name), 'InvalidRequestException', { message: /only host key/ });
  // Made, a key more, a key less.
  assert.equal(listeners.followed.length, 3);
});

test('an update of the server brings a host key; the same again changes nothing', async (t) => {
  const { client, createServer } = await openWorld(t, { limits: { 'transfer.hostKeys': 2 } });
  const id = await createServer();
  const types = async () =>
    (await client.listHostKeys({ ServerId: id })).HostKeys?.map(({ Type: type }) => type);
  await client.updateServer({ ServerId: id, HostKey: HOST_KEYS.ed25519 });
  await client.updateServer({ ServerId: id, HostKey: '' });
  assert.deepEqual(await types(), ['ssh-ed25519']);
  await refuses(client.updateServer({ ServerId: id, HostKey: 'x' }), 'InvalidRequestException');
  await client.updateServer({ ServerId: id, HostKey: HOST_KEYS.ecdsa });
  assert.deepEqual(await types(), ['ssh-ed25519', 'ecdsa-sha2-nistp256']);
  const third = client.importHostKey({ ServerId: id, HostKeyBody: HOST_KEYS.ed25519.replace('A', 'B') });
  await refuses(third, 'InvalidRequestException');
});

test('no answer holds a private key, nor does what is stored', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer({ HostKey: HOST_KEYS.ecdsa });
  const { HostKeys: [key] = [] } = await client.listHostKeys({ ServerId: id });
  const answers = JSON.stringify([
    key,
    await client.describeHostKey({ ServerId: id, HostKeyId: key?.HostKeyId }),
    await client.describeServer({ ServerId: id }),
  ]);
  assert.doesNotMatch(answers, /PRIVATE|sealed/);
  const tooLong = client.createServer({ HostKey: `secret${'x'.repeat(5000)}` });
  await refuses(tooLong, 'InvalidRequestException', {
    message:
      "1 validation error detected: Value at 'hostKey' failed to satisfy constraint: Member must have length less than or equal to 4096",
  });
});
