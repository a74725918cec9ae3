import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCaller } from '../../support/caller.ts';
import { encryptFor, newPgpKey } from '../../support/pgp-keys.ts';
import { SftpWorld, USER_ROLE } from '../../support/sftp-world.ts';
import { decrypt } from '../../support/workflow-steps.ts';
import { HOST_KEYS } from './transfer-client.ts';

const PASSPHRASE = 'a passphrase nobody may see';
const PASSWORD = 'a password nobody may see';
const WRONG = 'a wrong password that is a secret too';

/** A line in the middle of a key, which stands for all of it. */
const middleOf = (key: string): string => key.split('\n')[4]?.trim() ?? '';

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('no file, log, history or answer tells a password, a passphrase or a private key', async (t) => {
  const rsa = await newPgpKey('rsa', PASSPHRASE);
  const callFunction = async (_name: string, event: string) =>
    JSON.parse(event).password === PASSWORD
      ? JSON.stringify({ Role: USER_ROLE, HomeDirectory: '/in' })
      : '{}';
  const identify = 'arn:aws:lambda:us-east-1:123456789012:function:identify';
  const identifying = {
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: identify },
  } as const;
  const world = await SftpWorld.open(t, { isKept: true, callFunction }, identifying);
  const id = await world.use([decrypt('plain/')]);
  const name = `aws/transfer/${world.sftp.id}`;
  const keep = (owner: string, passphrase: string) =>
    world.secrets.createSecret({
      Name: `${name}/${owner}`,
      SecretString: JSON.stringify({ PGPPrivateKey: rsa.privateKey, PGPPassphrase: passphrase }),
    });
  await keep('@pgp-default', PASSPHRASE);
  await keep('bobby', `${PASSPHRASE} but wrong`);
  const password = (text: string, username = 'alice') => ({
    authHandler: [{ type: 'password', username, password: text } as const],
  });
  await assert.rejects(world.login(password(WRONG)));
  const message = await encryptFor(rsa, Buffer.from('content'));
  await (await world.login(password(PASSWORD))).put('a.txt.gpg', message);
  await (await world.login(password(PASSWORD, 'bobby'))).put('b.txt.gpg', message);
  const outcomes = await world.ended(id, 2);
  assert.deepEqual(outcomes.map(({ Status }) => Status).sort(), ['COMPLETED', 'EXCEPTION']);
  const own = createCaller(world.server);
  const list = await own.get<{ executions: { id: string }[] }>('executions?system=transfer');
  const histories = await Promise.all(
    list.body.executions.map((one) => own.get(`executions/${encodeURIComponent(one.id)}/history`)),
  );
  const answers = [
    outcomes,
    list,
    histories,
    await world.client.describeServer({ ServerId: world.sftp.id }),
    await world.client.listHostKeys({ ServerId: world.sftp.id }),
    await world.secrets.listSecrets({}),
  ].map((answer) => JSON.stringify(answer));
  // Which closes what is open, so that all of it is in its file.
  await world.restart();
  const secrets = [
    PASSPHRASE,
    PASSWORD,
    WRONG,
    middleOf(rsa.privateKey),
    HOST_KEYS.ed25519.split('\n')[2] ?? '',
  ];
  assert.ok(secrets.every((secret) => secret.length > 20));
  const files = filesIn(world.data);
  assert.ok(files.some((file) => /logs\/aws\/transfer/.test(file)));
  assert.ok(files.some((file) => readFileSync(file).includes('AUTH_FAILURE')));
  for (const secret of secrets) {
    for (const file of files) assert.ok(!readFileSync(file).includes(secret), `${file} tells "${secret}"`);
    for (const answer of answers) assert.ok(!answer.includes(secret), `an answer tells "${secret}"`);
  }
});
