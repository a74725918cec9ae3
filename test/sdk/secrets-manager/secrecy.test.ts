import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../src/kernel/clock.ts';
import { createCaller } from '../../support/caller.ts';
import { startOrrery } from '../../support/orrery-process.ts';
import { RawCaller } from '../../support/raw-call.ts';
import { isMissing, runProgram } from '../../support/run-program.ts';
import { startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { createClient, refuses } from './secrets-client.ts';

/** Words that stand nowhere else; also as they would be in base64. */
const VALUE = 'marzipan-7f3d-rhinoceros';
const traces = [0, 1, 2].map((shift) =>
  Buffer.from(`${'x'.repeat(shift)}${VALUE}`)
    .toString('base64')
    .slice(4, -4),
);
const isTold = (text: string): boolean =>
  [VALUE, 'rhinoceros', ...traces].some((trace) => text.includes(trace));

async function temporary(t: { after(end: () => Promise<void>): void }): Promise<string> {
  const { path } = await makeTemporaryDirectory(t);
  return path;
}

/** Every file below a directory that tells the value. */
async function tellingFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(
    files.map(async (file) => [file, await readFile(file, 'latin1')] as const),
  );
  assert.ok(
    contents.some(([, text]) => text.includes('the-name-of-it')),
    'the store is among the files',
  );
  return contents.filter(([, text]) => isTold(text)).map(([file]) => file);
}

test('values outlive a restart, and no file tells them', async (t) => {
  const dataDirectory = await temporary(t);
  const first = await startServer({ dataDirectory });
  const client = createClient(first);
  await client.createSecret({ Name: 'the-name-of-it', SecretString: VALUE });
  const bytes = Buffer.from(`${VALUE}\u0000`);
  await client.putSecretValue({ SecretId: 'the-name-of-it', SecretBinary: bytes, VersionStages: ['raw'] });
  await client.createSecret({ Name: 'doomed', SecretString: VALUE });
  const doomed = await client.deleteSecret({ SecretId: 'doomed' });
  const described = await client.describeSecret({ SecretId: 'the-name-of-it' });
  assert.deepEqual(await tellingFiles(dataDirectory), []);
  await first.stop();
  assert.deepEqual(await tellingFiles(dataDirectory), []);

  const second = await startServer({ dataDirectory });
  t.after(() => second.stop());
  const again = createClient(second);
  assert.equal((await again.getSecretValue({ SecretId: 'the-name-of-it' })).SecretString, VALUE);
  const raw = await again.getSecretValue({ SecretId: 'the-name-of-it', VersionStage: 'raw' });
  assert.deepEqual(Buffer.from(raw.SecretBinary ?? []), bytes);
  const kept = await again.describeSecret({ SecretId: 'the-name-of-it' });
  assert.deepEqual([kept.ARN, kept.VersionIdsToStages], [described.ARN, described.VersionIdsToStages]);
  assert.deepEqual((await again.describeSecret({ SecretId: 'doomed' })).DeletedDate, doomed.DeletionDate);
  assert.equal((await stat(join(dataDirectory, 'master.key'))).mode & 0o777, 0o600);
});

test('a data directory of another master key stops the start', async (t) => {
  const dataDirectory = await temporary(t);
  await (await startServer({ dataDirectory })).stop();
  await writeFile(join(dataDirectory, 'master.key'), randomBytes(32).toString('base64'));
  await assert.rejects(startServer({ dataDirectory }), /sealed under another master key/);
});

test('no error tells a value', async (t) => {
  const server = await startServer();
  const raw = new RawCaller(server, 'secretsmanager');
  t.after(async () => {
    raw.close();
    await server.stop();
  });
  const bodies: readonly (readonly [string, string | object])[] = [
    ['CreateSecret', { Name: 'bad name', SecretString: VALUE }],
    ['CreateSecret', { Name: 'a', SecretString: VALUE.repeat(5_000) }],
    ['CreateSecret', { Name: 'a', SecretString: VALUE, ClientRequestToken: 'x' }],
    ['CreateSecret', { Name: 'a', SecretString: VALUE, SecretBinary: Buffer.from(VALUE).toString('base64') }],
    ['CreateSecret', { Name: 'a', SecretString: [VALUE] }],
    ['CreateSecret', { Name: 'a', SecretString: { [VALUE]: VALUE } }],
    ['CreateSecret', { Name: 'a', SecretBinary: VALUE }],
    ['CreateSecret', { Name: 'a', SecretBinary: Buffer.from(VALUE.repeat(5_000)).toString('base64') }],
    ['CreateSecret', `{"Name":"a","SecretString":"${VALUE}`],
    ['CreateSecret', `{"Name":"a","SecretString":${VALUE}}`],
    ['PutSecretValue', { SecretId: 'none', SecretString: VALUE }],
    ['PutSecretValue', { SecretId: 'none', SecretString: VALUE, RotationToken: VALUE }],
    ['UpdateSecret', { SecretId: 'none', SecretString: VALUE, VersionStages: 1 }],
    ['RotateSecret', { SecretId: 'none', SecretString: VALUE }],
    ['NoSuchOperation', { SecretId: 'none', SecretString: VALUE }],
  ];
  for (const [operation, body] of bodies) {
    const answer = await raw.call({ target: `secretsmanager.${operation}`, body });
    assert.equal(answer.status, 400, `${operation}: ${answer.body}`);
    assert.ok(!isTold(answer.body), answer.body);
  }
  assert.deepEqual(server.takeErrors(), []);
});

test('what cannot be unsealed is told as such, and nothing else is', async (t) => {
  const dataDirectory = await temporary(t);
  const first = await startServer({ dataDirectory });
  await createClient(first).createSecret({ Name: 'a', SecretString: VALUE });
  await first.stop();
  // As if the store had been taken to a data directory of another key.
  const [key, check] = [join(dataDirectory, 'master.key'), join(dataDirectory, 'master.check')];
  const other = await temporary(t);
  await (await startServer({ dataDirectory: other })).stop();
  await writeFile(key, await readFile(join(other, 'master.key')));
  await writeFile(check, await readFile(join(other, 'master.check')));
  const second = await startServer({ dataDirectory });
  t.after(() => second.stop());
  await refuses(createClient(second).getSecretValue({ SecretId: 'a' }), 'DecryptionFailure', /can't decrypt/);
});

test('neither the log of the process nor the own API tells a value', async (t) => {
  const folder = await temporary(t);
  const shown: string[] = [];
  const orrery = await startOrrery(t, {
    folder,
    flags: ['--data', 'data'],
    heard: (text) => shown.push(text),
  });
  const [, id = '', secret = ''] =
    /aws_access_key_id = (\S+)\naws_secret_access_key = (\S+)/.exec(
      await readFile(join(folder, 'data/credentials'), 'utf8'),
    ) ?? [];
  const { hostname, port } = new URL(orrery.endpoint);
  const target = { endpoint: orrery.endpoint, host: hostname, port: Number(port), clock: systemClock };
  const client = createClient(target, { credentials: { accessKeyId: id, secretAccessKey: secret } });
  await client.createSecret({ Name: 'the-name-of-it', SecretString: VALUE });
  assert.equal((await client.getSecretValue({ SecretId: 'the-name-of-it' })).SecretString, VALUE);
  await assert.rejects(client.createSecret({ Name: 'the-name-of-it', SecretString: VALUE }));
  const caller = createCaller(target, { key: { id, secret } });
  for (const path of ['executions', 'queues'])
    shown.push(JSON.stringify(await caller.get(path).catch((error: unknown) => String(error))));
  shown.push(await (await fetch(`${orrery.endpoint}/metrics`)).text());
  client.destroy();
  await orrery.stop();
  assert.ok(shown.length >= 3);
  for (const text of shown) assert.ok(!isTold(text), text);
  assert.deepEqual(await tellingFiles(folder), []);
});

test('the AWS CLI', { skip: isMissing('aws', 'awscli'), timeout: 120_000 }, async (t) => {
  const server = await startServer();
  t.after(() => server.stop());
  const folder = await temporary(t);
  await writeFile(join(folder, 'key.json'), JSON.stringify({ PGPPrivateKey: VALUE }));
  const environment = {
    AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    AWS_REGION: server.region,
    AWS_DEFAULT_REGION: server.region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const aws = async (...words: string[]) => {
    const command = [
      'aws',
      '--endpoint-url',
      server.endpoint,
      '--output',
      'json',
      'secretsmanager',
      ...words,
    ];
    const { code, stdout, stderr } = await runProgram(command, { cwd: folder, environment });
    assert.equal(code, 0, stderr);
    return stdout === '' ? {} : JSON.parse(stdout);
  };
  const name = 'aws/transfer/s-0123456789abcdef0/@pgp-default';
  const made = await aws('create-secret', '--name', name, '--secret-string', 'file://key.json');
  assert.match(made.ARN, /:secret:aws\/transfer\/s-0123456789abcdef0\/@pgp-default-\w{6}$/);
  const read = await aws('get-secret-value', '--secret-id', name);
  assert.deepEqual(JSON.parse(read.SecretString), { PGPPrivateKey: VALUE });
  await aws('put-secret-value', '--secret-id', made.ARN, '--secret-binary', 'fileb://key.json');
  const binary = await aws('get-secret-value', '--secret-id', name);
  assert.deepEqual(Buffer.from(binary.SecretBinary, 'base64'), await readFile(join(folder, 'key.json')));
  const list = await aws('list-secrets', '--filters', 'Key=name,Values=aws/transfer/');
  assert.deepEqual(
    list.SecretList.map(({ Name }: { Name: string }) => Name),
    [name],
  );
  await aws('delete-secret', '--secret-id', name, '--recovery-window-in-days', '7');
  assert.ok((await aws('describe-secret', '--secret-id', name)).DeletedDate);
});
