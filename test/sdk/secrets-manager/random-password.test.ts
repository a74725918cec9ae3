import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GetRandomPasswordCommandInput } from '@aws-sdk/client-secrets-manager';
import { openSecrets, refuses } from './secrets-client.ts';

test('a password has the length and the types of characters that are asked for', async (t) => {
  const { client } = await openSecrets(t);
  const made = async (input: GetRandomPasswordCommandInput = {}) =>
    (await client.getRandomPassword(input)).RandomPassword ?? '';
  assert.equal((await made()).length, 32);
  assert.notEqual(await made(), await made());
  for (let times = 0; times < 20; times++) {
    assert.match(
      await made({ PasswordLength: 4 }),
      /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@[-`{-~])[!-~]{4}$/,
    );
    assert.match(await made({ PasswordLength: 5, IncludeSpace: true }), / /);
  }
  const long = { PasswordLength: 4096 };
  assert.match(await made({ ...long, ExcludeNumbers: true, ExcludePunctuation: true }), /^[A-Za-z]{4096}$/);
  assert.match(
    await made({ ...long, ExcludeUppercase: true, ExcludeLowercase: true }),
    /^[!-@[-`{-~]{4096}$/,
  );
  assert.doesNotMatch(await made({ ...long, ExcludeCharacters: 'xyz@?.' }), /[xyz@?. ]/);
  assert.equal((await made({ PasswordLength: 1, RequireEachIncludedType: false })).length, 1);
});

test('what no password can be', async (t) => {
  const { client } = await openSecrets(t);
  await refuses(client.getRandomPassword({ PasswordLength: 3 }), 'InvalidParameterException', /too short/);
  await refuses(client.getRandomPassword({ PasswordLength: 4097 }), 'ValidationException');
  await refuses(
    client.getRandomPassword({
      ExcludeLowercase: true,
      ExcludeUppercase: true,
      ExcludePunctuation: true,
      ExcludeCharacters: '0123456789',
    }),
    'InvalidParameterException',
  );
});
