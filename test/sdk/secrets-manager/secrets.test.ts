import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidRequestException, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { RawCaller } from '../../support/raw-call.ts';
import { createClient, MARKED, openSecrets, refuses, token } from './secrets-client.ts';

const DAY_MS = 86_400_000;
const NOT_FOUND = "Secrets Manager can't find the specified secret.";

test('a secret from its making to its end', async (t) => {
  const { client, clock } = await openSecrets(t);
  const made = await client.createSecret({
    Name: 'prod/db',
    Description: 'the database',
    SecretString: 'one',
    ClientRequestToken: token('v1'),
    KmsKeyId: 'alias/mine',
    Tags: [{ Key: 'team', Value: 'data' }],
  });
  assert.match(
    made.ARN ?? '',
    /^arn:aws:secretsmanager:us-east-1:123456789012:secret:prod\/db-[A-Za-z0-9]{6}$/,
  );
  assert.equal(made.VersionId, token('v1'));
  clock.advance(5_000);
  const put = await client.putSecretValue({
    SecretId: 'prod/db',
    SecretString: 'two',
    ClientRequestToken: token('v2'),
  });
  assert.deepEqual(put.VersionStages, ['AWSCURRENT']);
  clock.advance(5_000);
  const binary = new Uint8Array([0, 255, 1]);
  const updated = await client.updateSecret({
    SecretId: made.ARN,
    SecretBinary: binary,
    Description: 'changed',
    ClientRequestToken: token('v3'),
  });
  assert.equal(updated.VersionId, token('v3'));

  const current = await client.getSecretValue({ SecretId: made.ARN?.slice(0, -7) });
  assert.deepEqual(current.SecretBinary, binary);
  assert.equal(current.SecretString, undefined);
  assert.deepEqual(current.CreatedDate, new Date(clock.now()));
  const previous = await client.getSecretValue({ SecretId: 'prod/db', VersionStage: 'AWSPREVIOUS' });
  assert.equal(previous.SecretString, 'two');
  assert.equal(previous.VersionId, token('v2'));

  const described = await client.describeSecret({ SecretId: 'prod/db' });
  assert.equal(described.Description, 'changed');
  assert.equal(described.KmsKeyId, 'alias/mine');
  assert.deepEqual(described.Tags, [{ Key: 'team', Value: 'data' }]);
  assert.deepEqual(described.VersionIdsToStages, {
    [token('v2')]: ['AWSPREVIOUS'],
    [token('v3')]: ['AWSCURRENT'],
  });
  assert.deepEqual(described.LastAccessedDate, new Date(clock.now() - (clock.now() % DAY_MS)));

  const deleted = await client.deleteSecret({ SecretId: 'prod/db', RecoveryWindowInDays: 7 });
  assert.deepEqual(deleted.DeletionDate, new Date(clock.now() + 7 * DAY_MS));
  await refuses(client.getSecretValue({ SecretId: 'prod/db' }), 'InvalidRequestException', MARKED);
  await refuses(client.deleteSecret({ SecretId: 'prod/db' }), 'InvalidRequestException');
  await refuses(
    client.putSecretValue({ SecretId: 'prod/db', SecretString: 'x' }),
    'InvalidRequestException',
    MARKED,
  );
  await refuses(client.createSecret({ Name: 'prod/db' }), 'InvalidRequestException', /already scheduled/);
  const marked = await client.describeSecret({ SecretId: 'prod/db' });
  assert.deepEqual(marked.DeletedDate, deleted.DeletionDate);
  await client.restoreSecret({ SecretId: 'prod/db' });
  assert.deepEqual((await client.getSecretValue({ SecretId: 'prod/db' })).SecretBinary, binary);
  assert.equal((await client.describeSecret({ SecretId: 'prod/db' })).DeletedDate, undefined);

  await client.deleteSecret({ SecretId: 'prod/db' });
  clock.jump(clock.now() + 30 * DAY_MS);
  await refuses(client.describeSecret({ SecretId: 'prod/db' }), 'ResourceNotFoundException', NOT_FOUND);
  const again = await client.createSecret({ Name: 'prod/db', SecretString: 'new' });
  assert.notEqual(again.ARN, made.ARN);
  await refuses(client.getSecretValue({ SecretId: made.ARN }), 'ResourceNotFoundException', NOT_FOUND);
});

test('the client knows the errors as its own classes', async (t) => {
  const { client } = await openSecrets(t);
  await assert.rejects(client.getSecretValue({ SecretId: 'none' }), (error) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.equal(error.message, NOT_FOUND);
    return true;
  });
  await client.createSecret({ Name: 'a' });
  await client.deleteSecret({ SecretId: 'a' });
  await assert.rejects(client.getSecretValue({ SecretId: 'a' }), InvalidRequestException);
});

test('requests that come again, and versions that cannot be changed', async (t) => {
  const { client } = await openSecrets(t);
  const request = { Name: 'a', SecretString: 'one', ClientRequestToken: token('v1') };
  assert.deepEqual(
    (({ $metadata: _, ...rest }) => rest)(await client.createSecret(request)),
    (({ $metadata: _, ...rest }) => rest)(await client.createSecret(request)),
  );
  await refuses(client.createSecret({ ...request, SecretString: 'two' }), 'ResourceExistsException');
  await refuses(
    client.createSecret({ Name: 'a', SecretString: 'one' }),
    'ResourceExistsException',
    'The operation failed because the secret a already exists.',
  );
  const put = { SecretId: 'a', SecretString: 'two', ClientRequestToken: token('v2') };
  await client.putSecretValue(put);
  await client.putSecretValue({ SecretId: 'a', SecretString: 'three', ClientRequestToken: token('v3') });
  await client.putSecretValue(put);
  assert.equal((await client.getSecretValue({ SecretId: 'a' })).SecretString, 'three');
  await refuses(client.putSecretValue({ ...put, SecretString: 'x' }), 'ResourceExistsException');
  await refuses(client.updateSecret({ ...put, SecretString: 'x' }), 'ResourceExistsException');
});

test('what cannot be asked for', async (t) => {
  const { client } = await openSecrets(t, { limits: { 'secretsManager.secrets': 1 } });
  await client.createSecret({ Name: 'a', SecretString: 'one' });
  const both = { SecretString: 'x', SecretBinary: new Uint8Array([1]) };
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  const wrong: readonly (readonly [Promise<unknown>, string])[] = [
    [client.createSecret({ Name: 'b' }), 'LimitExceededException'],
    [client.createSecret({ Name: 'b', ...both }), 'InvalidParameterException'],
    [client.createSecret({ Name: 'with space' }), 'ValidationException'],
    [client.createSecret({ Name: 'x'.repeat(513) }), 'ValidationException'],
    [client.createSecret({ Name: 'b', SecretString: 'x'.repeat(65_537) }), 'ValidationException'],
    [client.createSecret({ Name: 'b', SecretString: 'é'.repeat(40_000) }), 'InvalidParameterException'],
    [
      client.createSecret({ Name: 'b', AddReplicaRegions: [{ Region: 'eu-west-1' }] }),
      'InvalidRequestException',
    ],
    [client.createSecret({ Name: 'b', Tags: [{ Key: 'aws:x', Value: '' }] }), 'InvalidParameterException'],
    [client.createSecret({ Name: 'b', ClientRequestToken: 'short' }), 'ValidationException'],
    [client.putSecretValue({ SecretId: 'a' }), 'InvalidParameterException'],
    [client.putSecretValue({ SecretId: 'a', ...both }), 'InvalidParameterException'],
    [client.putSecretValue({ SecretId: 'b', SecretString: 'x' }), 'ResourceNotFoundException'],
    [client.tagResource({ SecretId: 'a', Tags: many }), 'LimitExceededException'],
    [client.deleteSecret({ SecretId: 'a', RecoveryWindowInDays: 6 }), 'InvalidParameterException'],
    [client.deleteSecret({ SecretId: 'a', RecoveryWindowInDays: 31 }), 'InvalidParameterException'],
    [
      client.deleteSecret({ SecretId: 'a', RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
      'InvalidParameterException',
    ],
    [client.listSecrets({ NextToken: 'nonsense' }), 'InvalidNextTokenException'],
    [client.listSecrets({ MaxResults: 101 }), 'ValidationException'],
    [client.rotateSecret({ SecretId: 'a' }), 'InvalidRequestException'],
    [client.batchGetSecretValue({ SecretIdList: ['a'] }), 'InvalidRequestException'],
    [client.putResourcePolicy({ SecretId: 'a', ResourcePolicy: '{}' }), 'InvalidRequestException'],
  ];
  for (const [index, [call, name]] of wrong.entries())
    await refuses(call, name).catch((error) => assert.fail(`case ${index}: ${error.message}`));
  await refuses(
    client.rotateSecret({ SecretId: 'a' }),
    'InvalidRequestException',
    /RotateSecret.*not supported/,
  );
});

test('forcing a deletion can be repeated and frees the name at once', async (t) => {
  const { client } = await openSecrets(t);
  await client.createSecret({ Name: 'a', SecretString: 'one' });
  await client.deleteSecret({ SecretId: 'a' });
  await client.deleteSecret({ SecretId: 'a', ForceDeleteWithoutRecovery: true });
  await client.deleteSecret({ SecretId: 'a', ForceDeleteWithoutRecovery: true });
  await refuses(client.deleteSecret({ SecretId: 'a' }), 'ResourceNotFoundException', NOT_FOUND);
  await client.createSecret({ Name: 'a', SecretString: 'two' });
  assert.equal((await client.getSecretValue({ SecretId: 'a' })).SecretString, 'two');
});

test('tags', async (t) => {
  const { client } = await openSecrets(t);
  await client.createSecret({ Name: 'a', Tags: [{ Key: 'x', Value: '1' }] });
  await client.tagResource({ SecretId: 'a', Tags: [{ Key: 'x', Value: '2' }, { Key: 'y' }] });
  await client.untagResource({ SecretId: 'a', TagKeys: ['none', 'x'] });
  assert.deepEqual((await client.describeSecret({ SecretId: 'a' })).Tags, [{ Key: 'y', Value: '' }]);
});

test('a value comes with the token that every client adds', async (t) => {
  const { server } = await openSecrets(t);
  const caller = new RawCaller(server, 'secretsmanager');
  t.after(() => caller.close());
  const call = async (operation: string, body: object) => {
    const target = `secretsmanager.${operation}`;
    const answer = await caller.call({
      target,
      body,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
    });
    return { status: answer.status, ...JSON.parse(answer.body) };
  };
  const refusal = {
    status: 400,
    __type: 'InvalidRequestException',
    Message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
  };
  assert.deepEqual(await call('CreateSecret', { Name: 'a', SecretString: 'x' }), refusal);
  assert.equal((await call('CreateSecret', { Name: 'a' })).status, 200);
  assert.deepEqual(await call('PutSecretValue', { SecretId: 'a', SecretString: 'x' }), refusal);
  assert.deepEqual(await call('UpdateSecret', { SecretId: 'a', SecretString: 'x' }), refusal);
  assert.equal((await call('UpdateSecret', { SecretId: 'a', Description: 'x' })).status, 200);
});

test('of what was never given nothing shows', async (t) => {
  const { client } = await openSecrets(t);
  await client.createSecret({ Name: 'bare', Description: '' });
  const shown = async () =>
    Object.keys(await client.describeSecret({ SecretId: 'bare' })).filter((key) => key !== '$metadata');
  assert.deepEqual((await shown()).sort(), ['ARN', 'CreatedDate', 'LastChangedDate', 'Name']);
  const { SecretList: [listed = {}] = [] } = await client.listSecrets({});
  assert.deepEqual(Object.keys(listed).sort(), ['ARN', 'CreatedDate', 'LastChangedDate', 'Name']);
  await client.tagResource({ SecretId: 'bare', Tags: [{ Key: 'x', Value: '1' }] });
  await client.untagResource({ SecretId: 'bare', TagKeys: ['x'] });
  assert.deepEqual((await client.describeSecret({ SecretId: 'bare' })).Tags, []);
});

test('an id that no secret could have is no name, whatever is asked of it', async (t) => {
  const { client } = await openSecrets(t);
  const SecretId = ' no name?';
  const calls = [
    client.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true }),
    client.describeSecret({ SecretId }),
    client.getSecretValue({ SecretId }),
    client.listSecretVersionIds({ SecretId }),
    client.putSecretValue({ SecretId, SecretString: 'x' }),
    client.tagResource({ SecretId, Tags: [] }),
    client.untagResource({ SecretId, TagKeys: ['x'] }),
    client.updateSecret({ SecretId, Description: 'x' }),
    client.validateResourcePolicy({ SecretId, ResourcePolicy: '{}' }),
  ];
  for (const call of calls)
    await refuses(call, 'ValidationException', /^Invalid name\. Must be a valid name/);
});

test('no secret has a resource policy, which tools look up whenever they read one', async (t) => {
  const { client } = await openSecrets(t);
  await refuses(client.getResourcePolicy({ SecretId: 'a' }), 'ResourceNotFoundException', NOT_FOUND);
  const { ARN } = await client.createSecret({ Name: 'a', SecretString: 'one' });
  const { $metadata: _about, ...answer } = await client.getResourcePolicy({ SecretId: 'a' });
  assert.deepEqual(answer, { ARN, Name: 'a' });
  await client.deleteSecret({ SecretId: 'a' });
  await refuses(client.getResourcePolicy({ SecretId: 'a' }), 'InvalidRequestException', MARKED);
});

test('policies allow by secret, tag and stage; accounts and regions share nothing', async (t) => {
  const secretAccessKey = 'the-secret-of-another-key';
  const allow = (Action: string | string[], Resource: string, Condition?: object) => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition && { Condition }),
  });
  const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`;
  const policies = [
    {
      Version: '2012-10-17',
      Statement: [
        allow(['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret'], arn('mine/*')),
        allow('secretsmanager:GetSecretValue', arn('exact-??????')),
        allow('secretsmanager:GetSecretValue', '*', {
          StringEquals: { 'secretsmanager:ResourceTag/team': 'data' },
        }),
        allow('secretsmanager:ListSecrets', '*'),
      ],
    },
  ];
  const { client, server } = await openSecrets(t, {
    keys: [{ id: 'LIMITED', secret: secretAccessKey, policies }],
  });
  for (const Name of ['mine/a', 'exact', 'exact-more', 'tagged', 'other'])
    await client.createSecret({
      Name,
      SecretString: Name,
      ...(Name === 'tagged' && { Tags: [{ Key: 'team', Value: 'data' }] }),
    });
  const limited = createClient(server, { credentials: { accessKeyId: 'LIMITED', secretAccessKey } });
  for (const SecretId of ['mine/a', 'exact', 'tagged'])
    assert.equal((await limited.getSecretValue({ SecretId })).SecretString, SecretId);
  for (const SecretId of ['other', 'exact-more', 'none'])
    await refuses(
      limited.getSecretValue({ SecretId }),
      'AccessDeniedException',
      /not authorized to perform: secretsmanager:GetSecretValue/,
    );
  await limited.createSecret({ Name: 'mine/new' });
  await refuses(limited.createSecret({ Name: 'yours/new' }), 'AccessDeniedException');
  await refuses(limited.deleteSecret({ SecretId: 'mine/a' }), 'AccessDeniedException');
  assert.equal((await limited.listSecrets({})).SecretList?.length, 6);
  const elsewhere = createClient(server, { region: 'eu-west-1' });
  await refuses(elsewhere.getSecretValue({ SecretId: 'mine/a' }), 'ResourceNotFoundException', NOT_FOUND);
  assert.deepEqual((await elsewhere.listSecrets({})).SecretList, []);
  limited.destroy();
  elsewhere.destroy();
});
