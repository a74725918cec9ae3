import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateServerCommandInput, TestIdentityProviderCommandInput } from '@aws-sdk/client-transfer';
import type { CallFunction } from '../../../src/functions/call-function.ts';
import { functionFailed } from '../../../src/functions/function-failed.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { serveHttp } from '../../support/http-server.ts';
import { sign } from '../../support/sign.ts';
import { region } from '../../support/start-server.ts';
import { transferParts } from '../../support/transfer-parts.ts';
import { FUNCTION, openWorld, ROLE, refuses, USER_KEYS } from './transfer-client.ts';

const BY_FUNCTION: CreateServerCommandInput = {
  IdentityProviderType: 'AWS_LAMBDA',
  IdentityProviderDetails: { Function: FUNCTION },
};
const byHttp = (Url: string): CreateServerCommandInput => ({
  IdentityProviderType: 'API_GATEWAY',
  IdentityProviderDetails: { Url, InvocationRole: ROLE },
});

/** Only what the service says, without what the client adds. */
async function asked(
  world: Awaited<ReturnType<typeof openWorld>>,
  input: TestIdentityProviderCommandInput,
): Promise<object> {
  const { $metadata: _, ...answer } = await world.client.testIdentityProvider(input);
  return answer;
}

test('a function is asked with the vendor’s event', async (t) => {
  const calls: object[] = [];
  const answers = [JSON.stringify({ Role: ROLE, HomeDirectory: '/bucket' }), '{}', 'null'];
  const callFunction: CallFunction = async (name, event) => {
    calls.push({ name, ...JSON.parse(event) });
    return answers[calls.length - 1] ?? '';
  };
  const world = await openWorld(t, { callFunction });
  const id = await world.createServer(BY_FUNCTION);
  const first = await asked(world, {
    ServerId: id,
    UserName: 'alice',
    UserPassword: 'pass "word" ü',
    ServerProtocol: 'SFTP',
    SourceIp: '192.0.2.7',
  });
  assert.deepEqual(first, { Message: '', Response: answers[0], StatusCode: 200, Url: '' });
  const refused = {
    Message: 'The identity provider refuses the user',
    Response: '',
    StatusCode: 200,
    Url: '',
  };
  assert.deepEqual(await asked(world, { ServerId: id, UserName: 'bob' }), refused);
  assert.deepEqual(await asked(world, { ServerId: id, UserName: 'carol', UserPassword: '' }), refused);
  const event = (username: string, password: string, sourceIp: string) => ({
    name: FUNCTION,
    username,
    password,
    protocol: 'SFTP',
    serverId: id,
    sourceIp,
  });
  assert.deepEqual(calls, [
    event('alice', 'pass "word" ü', '192.0.2.7'),
    event('bob', '', ''),
    event('carol', '', ''),
  ]);
});

test('a function that fails, or answers nonsense, refuses the login and says why', async (t) => {
  const outcomes: (() => string)[] = [
    () => {
      throw functionFailed('Unhandled', { errorType: 'Error', errorMessage: 'no directory' });
    },
    () => '"Role"',
    () => JSON.stringify({ Role: 'admin' }),
  ];
  const world = await openWorld(t, { callFunction: async () => outcomes.shift()?.() ?? '' });
  const id = await world.createServer(BY_FUNCTION);
  const ask = () => asked(world, { ServerId: id, UserName: 'alice', UserPassword: 'x' });
  assert.deepEqual(await ask(), {
    Message: 'The identity provider has failed: no directory',
    Response: '',
    StatusCode: 500,
    Url: '',
  });
  const invalid = 'The answer of the identity provider is not valid';
  assert.deepEqual(await ask(), {
    Message: `${invalid}: it is not an object`,
    Response: '',
    StatusCode: 200,
    Url: '',
  });
  assert.deepEqual(await ask(), {
    Message: `${invalid}: Role is not the ARN of a role`,
    Response: '',
    StatusCode: 200,
    Url: '',
  });
});

test('a function that does not answer is not waited for longer than the limit says', async (t) => {
  const clock = createFixedClock();
  const callFunction: CallFunction = (_, __, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      clock.advance(5_000);
    });
  const world = await openWorld(t, {
    clock,
    callFunction,
    limits: { 'transfer.identityProviderMilliseconds': 5_000 },
  });
  const id = await world.createServer(BY_FUNCTION);
  assert.deepEqual(await asked(world, { ServerId: id, UserName: 'alice' }), {
    Message: 'The identity provider has failed: No answer within 5000 ms',
    Response: '',
    StatusCode: 500,
    Url: '',
  });
});

const KEY = { id: 'PROVIDERKEY', secret: 'a-secret-for-providers' };

test('an HTTP provider gets a signed request, with the password in a header of its own', async (t) => {
  const clock = createFixedClock();
  const body = JSON.stringify({ Role: ROLE, PublicKeys: [USER_KEYS.ed25519] });
  const passwords: unknown[] = [];
  const url = await serveHttp(t, ({ request }, response) => {
    const { host = '', authorization, password } = request.headers;
    const signing = { ...KEY, region, service: 'execute-api', time: clock.now() };
    const path = (request.url ?? '').replace('%40', '%2540');
    const expected = sign({ method: 'GET', path, headers: { host }, body: '' }, signing);
    assert.equal(authorization, expected.authorization);
    passwords.push(password);
    response.statusCode = request.url?.includes('/users/alice') ? 200 : 503;
    response.end(password === undefined ? body : '{}');
  });
  const parts = transferParts();
  const settings = { ...parts.settings, providerKey: KEY };
  const world = await openWorld(t, { clock, transfer: { ...parts, settings } });
  const id = await world.createServer(byHttp(`${url}/prod/`));
  const urlOf = (name: string, ip: string) =>
    `${url}/prod/servers/${id}/users/${name}/config?protocol=SFTP&sourceIp=${ip}`;
  const alice = 'alice@example.com';
  const ask = (input: Partial<TestIdentityProviderCommandInput>) =>
    asked(world, { ServerId: id, UserName: alice, ...input });
  assert.deepEqual(await ask({ SourceIp: '2001:db8::1' }), {
    Message: '',
    Response: body,
    StatusCode: 200,
    Url: urlOf('alice%40example.com', '2001%3Adb8%3A%3A1'),
  });
  assert.deepEqual(await ask({ UserPassword: 'grün' }), {
    Message: 'The identity provider refuses the user',
    Response: '',
    StatusCode: 200,
    Url: urlOf('alice%40example.com', ''),
  });
  assert.deepEqual(await ask({ UserName: 'bob' }), {
    Message: 'The identity provider has answered with HTTP status 503',
    Response: '',
    StatusCode: 503,
    Url: urlOf('bob', ''),
  });
  assert.deepEqual(
    passwords.map((text) => text && Buffer.from(String(text), 'latin1').toString()),
    [undefined, 'grün', undefined],
  );
  const broken = (await ask({ UserPassword: 'two\r\nlines' })) as { StatusCode?: number };
  assert.equal(broken.StatusCode, 500);
  assert.equal(passwords.length, 3);
});

test('a provider that sends its asker elsewhere does not send the password along', async (t) => {
  const seen: unknown[] = [];
  const elsewhere = await serveHttp(t, ({ request }, response) => {
    seen.push([request.headers.password, request.headers.authorization]);
    response.end(JSON.stringify({ Role: ROLE }));
  });
  const url = await serveHttp(t, (_, response) => response.writeHead(307, { location: elsewhere }).end());
  const { listeners } = transferParts();
  const world = await openWorld(t, { transfer: { listeners } });
  const id = await world.createServer(byHttp(url));
  await asked(world, { ServerId: id, UserName: 'alice', UserPassword: 'secret' });
  assert.deepEqual(seen, [[undefined, undefined]]);
});

test('an HTTP provider that cannot be reached refuses the login', async (t) => {
  const world = await openWorld(t);
  const id = await world.createServer(byHttp('http://127.0.0.1:1'));
  const answer = (await asked(world, { ServerId: id, UserName: 'alice' })) as {
    StatusCode?: number;
    Message?: string;
  };
  assert.equal(answer.StatusCode, 500);
  assert.match(answer.Message ?? '', /^The identity provider was not reached: /);
});

test('an HTTP provider is where the configuration allows it', async (t) => {
  const { listeners } = transferParts();
  const providers = { allow: ['*.example.com'], deny: [] };
  const world = await openWorld(t, { transfer: { listeners }, providers });
  const id = await world.createServer(byHttp('http://127.0.0.1:1'));
  const answer = (await asked(world, { ServerId: id, UserName: 'alice' })) as { Message?: string };
  assert.match(answer.Message ?? '', /127\.0\.0\.1 is not among those allowed/);
});

test('users that are registered here have no provider to test', async (t) => {
  const { client, createServer } = await openWorld(t);
  const id = await createServer();
  await refuses(client.testIdentityProvider({ ServerId: id, UserName: 'alice' }), 'InvalidRequestException', {
    message: `${id} not configured for external auth`,
  });
  await refuses(
    client.testIdentityProvider({ ServerId: 's-00000000000000000', UserName: 'alice' }),
    'ResourceNotFoundException',
    { message: 'Unknown server' },
  );
});
