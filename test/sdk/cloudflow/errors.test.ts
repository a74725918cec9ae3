import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import RPCClient from '@alicloud/pop-core';
import { openMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { makeFaulty } from '../../support/faulty-store.ts';
import { formText, signV1, signV3 } from '../../support/sign-alibaba.ts';
import type { ServerOptions } from '../../support/start-server.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

const READER = {
  id: 'READER',
  secret: 'a-secret',
  policies: [
    {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: 'fnf:Describe*', Resource: 'acs:fnf:*:*:flow/mine' },
        { Effect: 'Allow', Action: 'fnf:ListFlows', Resource: '*' },
      ],
    },
  ],
};

const PASSABLE = 'acs:ram::123456789012:role/flows';

const MAKER = {
  id: 'MAKER',
  secret: 'another-secret',
  policies: [
    {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: 'fnf:*', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'ram:PassRole',
          Resource: PASSABLE,
          Condition: { StringEquals: { 'acs:Service': 'fnf.aliyuncs.com' } },
        },
      ],
    },
  ],
};

interface Client {
  readonly endpoint?: string;
  readonly apiVersion?: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly method?: 'GET' | 'POST';
}

interface World extends CloudflowServer {
  /** What the oldest of the vendor's clients makes of an answer: its error, or the answer. */
  ask(action: string, parameters: Readonly<Record<string, string>>, client?: Client): Promise<Answer>;
}

async function open(t: TestContext, options: ServerOptions = {}): Promise<World> {
  const served = await serveCloudflow(t, { keys: [READER, MAKER], ...options });
  const { accessKeyId, secretAccessKey } = served.server.credentials;
  const ask: World['ask'] = async (action, parameters, { method = 'POST', ...client } = {}) => {
    const rpc = new RPCClient({
      endpoint: served.server.endpoint,
      apiVersion: '2019-03-15',
      accessKeyId,
      accessKeySecret: secretAccessKey,
      ...client,
    });
    return rpc.request<Answer>(action, parameters, { method }).catch((error: { data: Answer }) => error.data);
  };
  const pass = 'version: v1\ntype: flow\nsteps: [{type: wait, name: w, duration: 60}]';
  for (const Name of ['mine', 'other'])
    await served.call('CreateFlow', { Name, Definition: pass, Description: '', Type: 'FDL' });
  await served.call('StartExecution', EXECUTION);
  return { ...served, ask };
}

const EXECUTION = { FlowName: 'mine', ExecutionName: 'e' };

/** Refusals of DescribeExecution by what was wrong, as the documentation of that operation lists them. */
const REFUSALS: Readonly<
  Record<
    string,
    readonly [action: string, parameters: Record<string, string>, client: Client, message: RegExp]
  >
> = {
  InvalidArgument: ['DescribeExecution', { ...EXECUTION, WaitTimeSeconds: '61' }, {}, /'WaitTimeSeconds'/],
  MissingRequiredParams: [
    'DescribeExecution',
    { FlowName: 'mine' },
    {},
    /^The HTTP query 'ExecutionName' must be specified\.$/,
  ],
  ActionNotSupported: ['DescribeExecutions', EXECUTION, {}, /operation 'DescribeExecutions' is incorrect/],
  APIVersionNotSupported: [
    'DescribeExecution',
    EXECUTION,
    { apiVersion: '2018-01-01' },
    /^The requested API version '2018-01-01' is not supported yet\. Please check\.$/,
  ],
  EntityTooLarge: [
    'DescribeExecution',
    { ...EXECUTION, FlowName: 'x'.repeat(1_100_000) },
    {},
    /^The payload size exceeds maximum allowed size \(\d+ bytes\)\.$/,
  ],
  InvalidAccessKeyID: ['DescribeExecution', EXECUTION, { accessKeyId: 'nobody' }, /'nobody' is invalid/],
  SignatureNotMatch: ['DescribeExecution', EXECUTION, { accessKeySecret: 'wrong' }, /does not match/],
  ExecutionNotExists: [
    'DescribeExecution',
    { ...EXECUTION, ExecutionName: 'x' },
    {},
    /^Execution 'x' for flow 'mine' does not exist\.$/,
  ],
  FlowNotExists: ['DescribeExecution', { ...EXECUTION, FlowName: 'x' }, {}, /^Flow 'x' does not exist\.$/],
  AccessDenied: [
    'DescribeExecution',
    { ...EXECUTION, FlowName: 'other' },
    { accessKeyId: READER.id, accessKeySecret: READER.secret },
    /^The resources doesn't belong to you\./,
  ],
};

for (const [code, [action, parameters, client, message]] of Object.entries(REFUSALS))
  describe(code, () => {
    // No query is that long.
    for (const method of code === 'EntityTooLarge' ? (['POST'] as const) : (['GET', 'POST'] as const))
      test(`by ${method}`, async (t) => {
        const { ask, server } = await open(t);
        const { Code, Message, HostId, RequestId, Recommend } = await ask(action, parameters, {
          ...client,
          method,
        });
        assert.equal(Code, code);
        assert.match(Message, message);
        assert.equal(HostId, `${server.host}:${server.port}`);
        assert.match(RequestId, /^[0-9a-f-]{36}$/);
        assert.match(Recommend, /^https?:/);
      });
  });

test('who gives a flow a role must be allowed to pass it', async (t) => {
  const { ask } = await open(t);
  const maker = { accessKeyId: MAKER.id, accessKeySecret: MAKER.secret };
  const Definition = 'version: v1\ntype: flow\nsteps: [{type: pass, name: p}]';
  const made = { Name: 'made', Definition, Description: '', Type: 'FDL' };
  const refused = await ask('CreateFlow', { ...made, RoleArn: `${PASSABLE}2` }, maker);
  assert.equal(refused.Code, 'AccessDenied');
  assert.match(refused.Message, /ram:PassRole on resource: acs:ram::123456789012:role\/flows2/);
  assert.equal((await ask('CreateFlow', { ...made, RoleArn: PASSABLE }, maker)).RoleArn, PASSABLE);
  const changed = { Name: 'made', RoleArn: `${PASSABLE}2` };
  assert.equal((await ask('UpdateFlow', changed, maker)).Code, 'AccessDenied');
  assert.equal((await ask('UpdateFlow', { Name: 'made', Description: 'd' }, maker)).RoleArn, PASSABLE);
  assert.equal((await ask('UpdateFlow', { Name: 'made', RoleArn: PASSABLE }, maker)).Code, undefined);
  // A key without policies may do everything.
  assert.equal((await ask('UpdateFlow', changed, {})).RoleArn, `${PASSABLE}2`);
});

test('AccessDenied leaves what the policy allows', async (t) => {
  const { ask } = await open(t);
  const reader = { accessKeyId: READER.id, accessKeySecret: READER.secret };
  assert.equal((await ask('DescribeExecution', EXECUTION, reader)).Status, 'Running');
  assert.equal((await ask('ListFlows', {}, reader)).Flows.length, 2);
  assert.equal((await ask('StopExecution', EXECUTION, reader)).Code, 'AccessDenied');
  assert.equal((await ask('DescribeFlow', { Name: 'other' }, reader)).Code, 'AccessDenied');
});

test('ResourceThrottled, where the vendor’s rates are on', async (t) => {
  const { call } = await open(t, {
    limits: { 'cloudflow.rate.DescribeExecution': 1, 'cloudflow.burst.DescribeExecution': 1 },
  });
  assert.equal((await call('DescribeExecution', EXECUTION)).Status, 'Running');
  const { status, Code, Message } = await call('DescribeExecution', EXECUTION);
  assert.deepEqual(
    [status, Code, Message],
    [429, 'ResourceThrottled', 'The request is throttled. Please try again later.'],
  );
});

test('InternalServerError, while the disk cannot be written', async (t) => {
  const store = makeFaulty(openMemoryStore());
  const { call, server, clock } = await open(t, { store });
  store.breakDown();
  const start = { FlowName: 'mine', ExecutionName: 'later' };
  const refused = await call('StartExecution', start);
  assert.deepEqual(
    [refused.status, refused.Code, refused.Message],
    [500, 'InternalServerError', 'An internal error has occurred. Please retry.'],
  );
  store.mend();
  clock.advance(1000);
  let again = refused;
  for (let tries = 0; tries < 100 && again.Code !== undefined; tries++)
    again = await call('StartExecution', start);
  assert.equal(again.Name, 'later');
  assert.ok(server.takeErrors().length > 0);
});

const send = (endpoint: string, headers: Record<string, string>, body: string): Promise<Response> =>
  fetch(endpoint, { method: 'POST', headers, body });

const codeOf = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as Answer).Code,
];

test('RequestTimeTooSkewed, and a nonce that was used', async (t) => {
  const { server, clock } = await open(t);
  const { accessKeyId: id, secretAccessKey: secret } = server.credentials;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const parameters = { Action: 'DescribeExecution', Version: '2019-03-15', ...EXECUTION };
  const signed = (time: number): string => formText(signV1('POST', parameters, { id, secret, time }));
  for (const minutes of [-16, 16]) {
    const late = await send(server.endpoint, headers, signed(clock.now() + minutes * 60_000));
    assert.deepEqual(await codeOf(late), [403, 'RequestTimeTooSkewed']);
  }
  const body = signed(clock.now());
  assert.equal((await send(server.endpoint, headers, body)).status, 200);
  assert.deepEqual(await codeOf(await send(server.endpoint, headers, body)), [400, 'SignatureNonceUsed']);
});

test('MissingRequiredHeader and UnsupportedMediaType', async (t) => {
  const { server, clock } = await open(t);
  const { accessKeyId: id, secretAccessKey: secret } = server.credentials;
  const signing = { id, secret, time: clock.now() };
  const body = formText(EXECUTION);
  const host = `${server.host}:${server.port}`;
  const sign = (type: string): Record<string, string> => {
    const named = { host, 'x-acs-action': 'DescribeExecution', 'x-acs-version': '2019-03-15' };
    const { host: _, ...headers } = signV3(
      { method: 'POST', body, headers: { ...named, 'content-type': type } },
      signing,
    );
    return headers;
  };
  const { 'x-acs-date': _, ...dateless } = sign('application/x-www-form-urlencoded');
  assert.deepEqual(await codeOf(await send(server.endpoint, dateless, body)), [400, 'MissingRequiredHeader']);
  assert.deepEqual(await codeOf(await send(server.endpoint, sign('text/xml'), body)), [
    415,
    'UnsupportedMediaType',
  ]);
});
