import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { credentials, region, startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { transferParts } from '../../support/transfer-parts.ts';
import { HOST_KEYS, ROLE, USER_KEYS } from './transfer-client.ts';

const isMissing = spawnSync('aws', ['--version']).status !== 0;

test('the AWS CLI makes a server, a user and a key, and waits for the server', {
  skip: isMissing && 'the AWS CLI is not installed',
}, async (t) => {
  const server = await startServer({ transfer: transferParts() });
  t.after(server.stop);
  const directory = await makeTemporaryDirectory(t);
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_PAGER: '',
    AWS_CONFIG_FILE: join(directory.path, 'none'),
  };
  const run = promisify(execFile);
  const aws = async (...args: string[]) => {
    const { stdout } = await run(
      'aws',
      ['--endpoint-url', server.endpoint, '--output', 'json', 'transfer', ...args],
      { env },
    );
    return stdout === '' ? {} : JSON.parse(stdout);
  };
  const keyFile = join(directory.path, 'key');
  await writeFile(keyFile, HOST_KEYS.ecdsa);
  const { ServerId: id } = await aws('create-server', '--host-key', `file://${keyFile}`);
  await aws('create-user', '--server-id', id, '--user-name', 'alice', '--role', ROLE);
  await aws(
    ...['import-ssh-public-key', '--server-id', id, '--user-name', 'alice'],
    ...['--ssh-public-key-body', USER_KEYS.ed25519],
  );
  const { User: user } = await aws('describe-user', '--server-id', id, '--user-name', 'alice');
  assert.equal(user.SshPublicKeys[0].SshPublicKeyBody, USER_KEYS.ed25519);
  await aws('update-server', '--server-id', id, '--workflow-details', '{"OnUpload":[]}');
  await aws('wait', 'server-online', '--server-id', id);
  const { Servers: servers } = await aws('list-servers', '--page-size', '1');
  assert.deepEqual(
    servers.map(({ ServerId }: { ServerId: string }) => ServerId),
    [id],
  );
  await aws('delete-server', '--server-id', id);
  await assert.rejects(
    aws('describe-server', '--server-id', id),
    /ResourceNotFoundException.*Unknown server/,
  );
});
