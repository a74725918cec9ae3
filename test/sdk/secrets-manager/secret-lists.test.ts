import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paginateListSecrets, paginateListSecretVersionIds } from '@aws-sdk/client-secrets-manager';
import { openSecrets, refuses, token } from './secrets-client.ts';

test('descriptions are found by the beginnings of their words', async (t) => {
  const { client } = await openSecrets(t);
  const descriptions = ['a key', 'an old key', 'akey', 'the other'];
  for (const [index, Description] of descriptions.entries())
    await client.createSecret({ Name: `secret-${index}`, Description });
  const found = async (...Values: string[]) => {
    const { SecretList = [] } = await client.listSecrets({ Filters: [{ Key: 'description', Values }] });
    return SecretList.map(({ Description }) => Description);
  };
  assert.deepEqual(await found('A'), ['a key', 'an old key', 'akey']);
  assert.deepEqual(await found('a key'), ['a key', 'an old key']);
  assert.deepEqual(await found('!a'), ['the other']);
  assert.deepEqual(await found('other key'), []);
  const filter = { Values: ['x'] };
  await refuses(client.listSecrets({ Filters: [filter] }), 'InvalidParameterException', 'Invalid filter key');
  await refuses(
    client.listSecrets({ Filters: [{ Key: 'name' }] }),
    'InvalidParameterException',
    'Invalid filter values for key: name',
  );
});

test('lists in pages, by filters and in order', async (t) => {
  const { client, clock } = await openSecrets(t);
  const names = ['prod/credsDatabase', 'prod/api', 'test/api', 'Data'];
  for (const [index, Name] of names.entries()) {
    clock.advance(1_000);
    await client.createSecret({
      Name,
      Description: `Number ${index}`,
      Tags: [{ Key: `Stage${index}`, Value: Name.slice(0, 4) }],
    });
  }
  await client.deleteSecret({ SecretId: 'test/api' });
  const list = async (input: Parameters<typeof client.listSecrets>[0] = {}) =>
    ((await client.listSecrets(input)).SecretList ?? []).map(({ Name }) => Name);
  const by = (Key: string, ...Values: string[]) => list({ Filters: [{ Key: Key as 'name', Values }] });
  assert.deepEqual(await list(), ['prod/credsDatabase', 'prod/api', 'Data']);
  assert.deepEqual(await list({ SortOrder: 'desc' }), ['Data', 'prod/api', 'prod/credsDatabase']);
  assert.deepEqual(await list({ SortBy: 'name', SortOrder: 'asc' }), [
    'Data',
    'prod/api',
    'prod/credsDatabase',
  ]);
  assert.deepEqual(await list({ IncludePlannedDeletion: true }), [
    'prod/credsDatabase',
    'prod/api',
    'test/api',
    'Data',
  ]);
  assert.deepEqual(await by('name', 'prod/'), ['prod/credsDatabase', 'prod/api']);
  assert.deepEqual(await by('name', 'data'), []);
  assert.deepEqual(await by('name', '!prod'), ['Data']);
  assert.deepEqual(await by('name', 'prod', 'Data'), ['prod/credsDatabase', 'prod/api', 'Data']);
  assert.deepEqual(await by('description', 'number 1'), ['prod/api']);
  assert.deepEqual(await by('tag-key', 'Stage3'), ['Data']);
  assert.deepEqual(await by('tag-key', 'stage3'), []);
  assert.deepEqual(await by('tag-value', 'prod'), ['prod/credsDatabase', 'prod/api']);
  assert.deepEqual(await by('all', 'DATABASE'), ['prod/credsDatabase']);
  assert.deepEqual(await by('all', 'Creds:Api'), ['prod/credsDatabase', 'prod/api']);
  assert.deepEqual(await by('owning-service', 'rds'), []);
  const pages: (string | undefined)[] = [];
  for await (const page of paginateListSecrets({ client, pageSize: 2 }, { SortBy: 'name', SortOrder: 'asc' }))
    pages.push((page.SecretList ?? []).map(({ Name }) => Name).join());
  assert.deepEqual(pages, ['Data,prod/api', 'prod/credsDatabase']);
  const { NextToken } = await client.listSecrets({ MaxResults: 1 });
  await refuses(client.listSecrets({ NextToken, SortOrder: 'desc' }), 'InvalidNextTokenException');
});

test('versions in pages', async (t) => {
  const { client, clock } = await openSecrets(t);
  await client.createSecret({ Name: 'a', SecretString: '0', ClientRequestToken: token('v0') });
  for (const number of ['1', '2', '3']) {
    clock.advance(1_000);
    await client.putSecretValue({
      SecretId: 'a',
      SecretString: number,
      ClientRequestToken: token(`v${number}`),
    });
  }
  const { Versions = [] } = await client.listSecretVersionIds({ SecretId: 'a' });
  assert.deepEqual(
    Versions.map(({ VersionId, VersionStages }) => [VersionId, VersionStages]),
    [
      [token('v3'), ['AWSCURRENT']],
      [token('v2'), ['AWSPREVIOUS']],
    ],
  );
  const pages: number[] = [];
  const all = { SecretId: 'a', IncludeDeprecated: true };
  for await (const page of paginateListSecretVersionIds({ client, pageSize: 3 }, all))
    pages.push(page.Versions?.length ?? 0);
  assert.deepEqual(pages, [3, 1]);
});
