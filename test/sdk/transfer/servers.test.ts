import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CreateServerCommandInput,
  type DescribedServer,
  paginateListServers,
  type Transfer,
  type UpdateServerCommandInput,
  waitUntilServerOffline,
  waitUntilServerOnline,
} from '@aws-sdk/client-transfer';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { account, region } from '../../support/start-server.ts';
import {
  FUNCTION,
  HOST_KEYS,
  LOG_GROUP,
  OTHER_ROLE,
  openWorld,
  ROLE,
  refuses,
  VPC,
} from './transfer-client.ts';

const UNKNOWN = 's-00000000000000000';

async function described(client: Transfer, id: string): Promise<Partial<DescribedServer>> {
  const { Server: server } = await client.describeServer({ ServerId: id });
  return server ?? {};
}

test('a server has the defaults of the vendor', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer();
  assert.match(id, /^s-[0-9a-f]{17}$/);
  const { HostKeyFingerprint: fingerprint, ...rest } = await described(client, id);
  assert.match(fingerprint ?? '', /^SHA256:[A-Za-z0-9+/]{43}$/);
  assert.deepEqual(rest, {
    Arn: `arn:aws:transfer:${region}:${account}:server/${id}`,
    Domain: 'S3',
    EndpointType: 'PUBLIC',
    IdentityProviderType: 'SERVICE_MANAGED',
    IpAddressType: 'IPV4',
    ProtocolDetails: { PassiveIp: 'AUTO', SetStatOption: 'DEFAULT', TlsSessionResumptionMode: 'ENFORCED' },
    Protocols: ['SFTP'],
    S3StorageOptions: { DirectoryListingOptimization: 'DISABLED' },
    SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
    ServerId: id,
    State: 'ONLINE',
    Tags: [],
    UserCount: 0,
  });
  assert.deepEqual(listeners.followed, [{ account, region, id }]);
});

test('a server has what its client asks for', async (t) => {
  const { client, createServer } = await openWorld(t);
  const asked = {
    Domain: 'EFS',
    EndpointDetails: VPC,
    EndpointType: 'VPC',
    IdentityProviderDetails: { Function: FUNCTION, SftpAuthenticationMethods: 'PUBLIC_KEY_AND_PASSWORD' },
    IdentityProviderType: 'AWS_LAMBDA',
    IpAddressType: 'DUALSTACK',
    LoggingRole: ROLE,
    PostAuthenticationLoginBanner: 'come in',
    PreAuthenticationLoginBanner: 'hello\r\n\tworld',
    ProtocolDetails: {
      PassiveIp: '10.0.0.1',
      SetStatOption: 'ENABLE_NO_OP',
      TlsSessionResumptionMode: 'DISABLED',
    },
    SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03',
    StructuredLogDestinations: [LOG_GROUP],
    Tags: [{ Key: 'team', Value: 'billing' }],
  } as const satisfies CreateServerCommandInput;
  const id = await createServer(asked as unknown as CreateServerCommandInput);
  const server = await described(client, id);
  for (const [name, value] of Object.entries(asked)) {
    assert.deepEqual(server[name as keyof DescribedServer], value, name);
  }
  assert.equal('S3StorageOptions' in server, false);
});

test('a server without a host key gets one', async (t) => {
  const { client } = await openWorld(t);
  const { ServerId: id = '' } = await client.createServer({});
  const { HostKeys: keys = [] } = await client.listHostKeys({ ServerId: id });
  assert.equal(keys.length, 1);
  assert.equal(keys[0]?.Type, 'ssh-rsa');
  assert.equal((await described(client, id)).HostKeyFingerprint, keys[0]?.Fingerprint);
});

test('an update changes what it names; empty texts and lists take away', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer({
    LoggingRole: ROLE,
    PreAuthenticationLoginBanner: 'hello',
    StructuredLogDestinations: [LOG_GROUP],
    ProtocolDetails: { PassiveIp: '10.0.0.1' },
  });
  const update = (input: Omit<UpdateServerCommandInput, 'ServerId'>) =>
    client.updateServer({ ServerId: id, ...input });
  const before = await described(client, id);
  assert.equal((await update({})).ServerId, id);
  assert.deepEqual(await described(client, id), before);
  await update({
    ProtocolDetails: { SetStatOption: 'ENABLE_NO_OP' },
    S3StorageOptions: { DirectoryListingOptimization: 'ENABLED' },
    SecurityPolicyName: 'TransferSecurityPolicy-2020-06',
    LoggingRole: OTHER_ROLE,
  });
  assert.deepEqual(await described(client, id), {
    ...before,
    ProtocolDetails: { ...before.ProtocolDetails, SetStatOption: 'ENABLE_NO_OP' },
    S3StorageOptions: { DirectoryListingOptimization: 'ENABLED' },
    SecurityPolicyName: 'TransferSecurityPolicy-2020-06',
    LoggingRole: OTHER_ROLE,
  });
  const asIs = await described(client, id);
  await update({
    ProtocolDetails: {},
    S3StorageOptions: {},
    WorkflowDetails: {},
    IdentityProviderDetails: {},
  });
  assert.deepEqual(await described(client, id), asIs);
  await update({ LoggingRole: '', PreAuthenticationLoginBanner: '', StructuredLogDestinations: [] });
  const after = await described(client, id);
  for (const name of ['LoggingRole', 'PreAuthenticationLoginBanner', 'StructuredLogDestinations'])
    assert.equal(name in after, false, name);
  assert.equal(listeners.followed.length, 5);
});

test('an update may bring another identity provider, with its details', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  const update = (input: Omit<UpdateServerCommandInput, 'ServerId'>) =>
    client.updateServer({ ServerId: id, ...input });
  await refuses(update({ IdentityProviderType: 'AWS_LAMBDA' }), 'InvalidRequestException');
  await update({ IdentityProviderType: 'AWS_LAMBDA', IdentityProviderDetails: { Function: FUNCTION } });
  assert.deepEqual((await described(client, id)).IdentityProviderDetails, {
    Function: FUNCTION,
    SftpAuthenticationMethods: 'PUBLIC_KEY_OR_PASSWORD',
  });
  await update({ IdentityProviderDetails: { SftpAuthenticationMethods: 'PASSWORD' } });
  const { IdentityProviderDetails: details } = await described(client, id);
  assert.deepEqual(details, { Function: FUNCTION, SftpAuthenticationMethods: 'PASSWORD' });
  await update({ IdentityProviderType: 'SERVICE_MANAGED' });
  assert.equal('IdentityProviderDetails' in (await described(client, id)), false);
});

test('what concerns the network changes only while the server is offline', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer({ EndpointType: 'VPC', EndpointDetails: VPC });
  const update = (input: Omit<UpdateServerCommandInput, 'ServerId'>) =>
    client.updateServer({ ServerId: id, ...input });
  const addresses = { AddressAllocationIds: ['eipalloc-1', 'eipalloc-2'] };
  const offline = { message: /only while the server is OFFLINE/ };
  await refuses(update({ EndpointDetails: addresses }), 'InvalidRequestException', offline);
  await refuses(update({ IpAddressType: 'DUALSTACK' }), 'InvalidRequestException', offline);
  await refuses(update({ EndpointType: 'PUBLIC' }), 'InvalidRequestException', offline);
  await update({ EndpointDetails: VPC, IpAddressType: 'IPV4', EndpointType: 'VPC' });
  listeners.states.set(id, 'OFFLINE');
  await refuses(update({ EndpointDetails: { VpcId: 'vpc-2' } }), 'InvalidRequestException', {
    message: 'Changing VpcId is not supported',
  });
  await refuses(
    update({ EndpointDetails: { AddressAllocationIds: ['eipalloc-1'] } }),
    'InvalidRequestException',
    { message: /as many/ },
  );
  await refuses(
    update({ EndpointDetails: { AddressAllocationIds: ['eipalloc-1', 'eipalloc-1'] } }),
    'InvalidRequestException',
    { message: /different/ },
  );
  await refuses(
    update({ EndpointDetails: { ...addresses, SubnetIds: ['subnet-3', 'subnet-4'] } }),
    'InvalidRequestException',
    { message: 'SubnetIds and AddressAllocationIds cannot be updated simultaneously' },
  );
  await refuses(
    update({ EndpointDetails: { SecurityGroupIds: ['sg-89abcdef'] } }),
    'InvalidRequestException',
    { message: /SecurityGroupIds can be changed only together with the EndpointType/ },
  );
  await update({ EndpointDetails: { ...VPC, ...addresses } });
  const turned = {
    ...VPC,
    SubnetIds: VPC.SubnetIds.toReversed(),
    SecurityGroupIds: VPC.SecurityGroupIds.toReversed(),
    AddressAllocationIds: addresses.AddressAllocationIds.toReversed(),
  };
  await update({ EndpointDetails: turned });
  await update({ EndpointDetails: { ...VPC, ...addresses } });
  assert.deepEqual((await described(client, id)).EndpointDetails, { ...VPC, ...addresses });
  await refuses(update({ IpAddressType: 'DUALSTACK' }), 'InvalidRequestException', { message: /DUALSTACK/ });
  await update({ EndpointType: 'PUBLIC' });
  assert.equal('EndpointDetails' in (await described(client, id)), false);
});

test('starting and stopping says what is wanted; the state is what has become of it', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer();
  await client.stopServer({ ServerId: id });
  listeners.states.set(id, 'STOPPING');
  assert.equal((await described(client, id)).State, 'STOPPING');
  listeners.states.set(id, 'OFFLINE');
  const waiting = { client, minDelay: 1, maxDelay: 1, maxWaitTime: 30 };
  assert.equal((await waitUntilServerOffline(waiting, { ServerId: id })).state, 'SUCCESS');
  await client.startServer({ ServerId: id });
  listeners.states.delete(id);
  assert.equal((await waitUntilServerOnline(waiting, { ServerId: id })).state, 'SUCCESS');
  await client.startServer({ ServerId: id });
  listeners.states.set(id, 'START_FAILED');
  await assert.rejects(waitUntilServerOnline(waiting, { ServerId: id }), /FAILURE/);
  assert.equal(listeners.followed.length, 4);
  await refuses(client.startServer({ ServerId: UNKNOWN }), 'ResourceNotFoundException');
  await refuses(client.stopServer({ ServerId: UNKNOWN }), 'ResourceNotFoundException');
});

test('a server goes with its users and keys, and for good', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  const id = await createServer();
  await client.createUser({ ServerId: id, UserName: 'alice', Role: ROLE });
  await client.deleteServer({ ServerId: id });
  assert.equal(listeners.followed.length, 2);
  const unknown = { message: 'Unknown server', resource: ['Server', id] } as const;
  for (const call of [
    client.describeServer({ ServerId: id }),
    client.deleteServer({ ServerId: id }),
    client.updateServer({ ServerId: id }),
    client.describeUser({ ServerId: id, UserName: 'alice' }),
    client.createUser({ ServerId: id, UserName: 'bob', Role: ROLE }),
    client.listUsers({ ServerId: id }),
    client.listHostKeys({ ServerId: id }),
    client.importHostKey({ ServerId: id, HostKeyBody: HOST_KEYS.ecdsa }),
    client.testIdentityProvider({ ServerId: id, UserName: 'alice' }),
  ]) {
    await refuses(call, 'ResourceNotFoundException', unknown);
  }
});

test('lists are in the order of creation, and paged', async (t) => {
  const { client, createServer, server } = await openWorld(t, {
    clock: createFixedClock(),
    limits: { 'transfer.servers': 7 },
  });
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.push(await createServer());
  await refuses(createServer(), 'InvalidRequestException', { message: /limit of 7 servers/ });
  const pages: string[][] = [];
  for await (const page of paginateListServers({ client, pageSize: 3 }, {}))
    pages.push((page.Servers ?? []).map(({ ServerId: id }) => id ?? ''));
  assert.deepEqual(
    pages.map((page) => page.length),
    [3, 3, 1],
  );
  assert.equal(new Set(pages.flat()).size, 7);
  const { Servers: all = [] } = await client.listServers({});
  assert.deepEqual(
    all.map(({ ServerId: id }) => id),
    pages.flat(),
  );
  assert.deepEqual(pages.flat(), ids);
  const { NextToken: token = '' } = await client.listServers({ MaxResults: 1 });
  for (const bad of [`${token}x`, 'x', token.slice(1)])
    await refuses(client.listServers({ NextToken: bad }), 'InvalidNextTokenException');
  const id = ids[0];
  await refuses(client.listUsers({ ServerId: id, NextToken: token }), 'InvalidNextTokenException');
  assert.deepEqual(server.takeErrors(), []);
});

test('accounts and regions do not see each other’s servers', async (t) => {
  const other = { id: 'OTHERKEY', secret: 'another-secret', account: '210987654321' };
  const { client, connect, createServer } = await openWorld(t, { keys: [other] });
  const id = await createServer();
  const strangers = [
    connect({ credentials: { accessKeyId: other.id, secretAccessKey: other.secret } }),
    connect({ region: 'eu-west-1' }),
  ];
  const { NextToken: _none, Servers: own = [] } = await client.listServers({});
  assert.equal(own.length, 1);
  for (const stranger of strangers) {
    assert.deepEqual((await stranger.listServers({})).Servers, []);
    const unknown = { message: 'Unknown server' };
    await refuses(stranger.describeServer({ ServerId: id }), 'ResourceNotFoundException', unknown);
    await refuses(stranger.deleteServer({ ServerId: id }), 'ResourceNotFoundException', unknown);
    await refuses(stranger.listTagsForResource({ Arn: own[0]?.Arn }), 'ResourceNotFoundException');
  }
  assert.equal((await described(client, id)).ServerId, id);
});
