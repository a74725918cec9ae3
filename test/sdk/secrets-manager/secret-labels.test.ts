import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MARKED, openSecrets, refuses, token } from './secrets-client.ts';

test('labels of the client’s own', async (t) => {
  const { client } = await openSecrets(t);
  await client.createSecret({ Name: 'a', SecretString: 'one', ClientRequestToken: token('v1') });
  await client.putSecretValue({
    SecretId: 'a',
    SecretString: 'two',
    ClientRequestToken: token('v2'),
    VersionStages: ['AWSPENDING', 'green'],
  });
  const read = (VersionStage: string) => client.getSecretValue({ SecretId: 'a', VersionStage });
  assert.equal((await read('AWSPENDING')).SecretString, 'two');
  assert.deepEqual((await read('green')).VersionStages, ['AWSPENDING', 'green']);
  assert.equal((await read('AWSCURRENT')).SecretString, 'one');
  await refuses(
    read('blue'),
    'ResourceNotFoundException',
    "Secrets Manager can't find the specified secret value for staging label: blue",
  );
  await refuses(
    client.getSecretValue({ SecretId: 'a', VersionId: token('v9') }),
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for VersionId: ${token('v9')}`,
  );
  await refuses(
    client.getSecretValue({ SecretId: 'a', VersionId: token('v1'), VersionStage: 'green' }),
    'InvalidRequestException',
  );
});

test('a version that was pending when it became current is not pending any more when it is replaced', async (t) => {
  const { client } = await openSecrets(t);
  const SecretId = 'a';
  await client.createSecret({ Name: SecretId, SecretString: '1', ClientRequestToken: token('v1') });
  await client.putSecretValue({
    SecretId,
    SecretString: '2',
    ClientRequestToken: token('v2'),
    VersionStages: ['AWSPENDING', 'mine'],
  });
  await client.updateSecretVersionStage({
    SecretId,
    VersionStage: 'AWSCURRENT',
    RemoveFromVersionId: token('v1'),
    MoveToVersionId: token('v2'),
  });
  await client.putSecretValue({ SecretId, SecretString: '3', ClientRequestToken: token('v3') });
  assert.deepEqual((await client.describeSecret({ SecretId })).VersionIdsToStages, {
    [token('v2')]: ['mine', 'AWSPREVIOUS'],
    [token('v3')]: ['AWSCURRENT'],
  });
});

test('a label is moved from the version that has it, which must be named', async (t) => {
  const { client } = await openSecrets(t, { limits: { 'secretsManager.stages': 2 } });
  const { ARN } = await client.createSecret({
    Name: 'a',
    SecretString: 'one',
    ClientRequestToken: token('v1'),
  });
  for (const [value, name, stage] of [
    ['two', 'v2', 'AWSCURRENT'],
    ['three', 'v3', 'AWSPENDING'],
  ] as const)
    await client.putSecretValue({
      SecretId: 'a',
      SecretString: value,
      ClientRequestToken: token(name),
      VersionStages: [stage],
    });
  const move = (VersionStage: string, from?: string, to?: string) =>
    client.updateSecretVersionStage({
      SecretId: 'a',
      VersionStage,
      ...(from && { RemoveFromVersionId: token(from) }),
      ...(to && { MoveToVersionId: token(to) }),
    });
  const stages = async () => (await client.describeSecret({ SecretId: 'a' })).VersionIdsToStages;

  const { $metadata: _about, ...answer } = await move('AWSCURRENT', 'v2', 'v3');
  assert.deepEqual(answer, { ARN, Name: 'a' });
  assert.deepEqual(await stages(), {
    [token('v2')]: ['AWSPREVIOUS'],
    [token('v3')]: ['AWSPENDING', 'AWSCURRENT'],
  });
  await move('AWSPENDING', 'v3');
  await move('KEEP', undefined, 'v1');
  const moved = {
    [token('v1')]: ['KEEP'],
    [token('v2')]: ['AWSPREVIOUS'],
    [token('v3')]: ['AWSCURRENT'],
  };
  assert.deepEqual(await stages(), moved);
  await move('KEEP', 'v1', 'v1');

  await refuses(move('AWSCURRENT', undefined, 'v1'), 'InvalidParameterException', /RemoveFromVersionId/);
  await refuses(move('AWSCURRENT', 'v2', 'v1'), 'InvalidParameterException', /RemoveFromVersionId/);
  await refuses(move('NONE', 'v2', 'v1'), 'InvalidParameterException', /RemoveFromVersionId/);
  await refuses(move('AWSCURRENT', 'v3'), 'InvalidParameterException', /AWSCURRENT/);
  await refuses(move('KEEP'), 'InvalidParameterException', /MoveToVersionId/);
  await refuses(move('KEEP', 'v1', 'v9'), 'ResourceNotFoundException', /VersionId: v9/);
  await move('MORE', undefined, 'v3');
  await refuses(move('KEEP', 'v1', 'v3'), 'LimitExceededException');
  assert.deepEqual(await stages(), { ...moved, [token('v3')]: ['AWSCURRENT', 'MORE'] });
  await client.deleteSecret({ SecretId: 'a' });
  await refuses(move('KEEP', 'v1'), 'InvalidRequestException', MARKED);
});
