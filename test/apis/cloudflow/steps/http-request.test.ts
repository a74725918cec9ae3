import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK_HEADER, httpStep } from '../../../../src/apis/cloudflow/steps/http-request.ts';
import { createHttpClient } from '../../../../src/http-client/http-client.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { serveHttp } from '../../../support/http-server.ts';
import { runStep, stepFailure } from '../../../support/run-step.ts';

const clock = createFixedClock();
const sendHttp = createHttpClient({ rules: { allow: [], deny: [] }, answerBytes: 1000 });
const step = httpStep({ sendHttp, clock, mostMilliseconds: 0 });

const call = (url: string, more: object = {}) => ({
  url,
  method: 'get',
  headers: {},
  isJson: false,
  idempotency: 'attempt-1',
  ...more,
});

interface Told {
  readonly Header: Readonly<Record<string, string>>;
  readonly Code: number;
  readonly Body: unknown;
}

test('the result has the header, the code and the body', async (t) => {
  const headers = { 'content-TYPE': 'text/plain', 'X-A-1b': 'c' };
  const url = await serveHttp(t, (_, response) => response.writeHead(201, headers).end('made'));
  const { Header, Code, Body } = (await runStep(step, call(url))) as Told;
  assert.deepEqual([Header['Content-Type'], Header['X-A-1b'], Code, Body], ['text/plain', 'c', 201, 'made']);
});

const BODIES: readonly (readonly [type: string, text: string, body: unknown])[] = [
  ['application/json', '{"a":[1]}', { a: [1] }],
  ['application/problem+json; charset=utf-8', 'null', null],
  ['application/json', '{broken', '{broken'],
  ['application/json', '{"a":1e400}', '{"a":1e400}'],
  ['application/json', '', ''],
  ['text/plain', '{"a":1}', '{"a":1}'],
];
for (const [type, text, body] of BODIES) {
  test(`${text} as ${type} is told as ${JSON.stringify(body)}`, async (t) => {
    const url = await serveHttp(t, (_, response) =>
      response.writeHead(200, { 'content-type': type }).end(text),
    );
    assert.deepEqual(((await runStep(step, call(url))) as Told).Body, body);
  });
}

test('methods, headers and bodies arrive; JSON and the attempt are named unless the flow names them', async (t) => {
  const url = await serveHttp(t, ({ request, body }, response) => {
    const { 'content-type': type, 'idempotency-key': key, [CALLBACK_HEADER]: token } = request.headers;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([request.method, type, key, token, body]));
  });
  const told = async (more: object): Promise<unknown> =>
    ((await runStep(step, call(url, more))) as Told).Body;
  assert.deepEqual(await told({}), ['GET', null, 'attempt-1', null, '']);
  assert.deepEqual(await told({ method: 'Put', body: '{}', isJson: true }), [
    'PUT',
    'application/json',
    'attempt-1',
    null,
    '{}',
  ]);
  const headers = { 'content-TYPE': 'a/b', 'idempotency-key': 'mine', 'X-FnF-Http-Callback-Task-Token': 't' };
  assert.deepEqual(await told({ method: 'POST', body: 'x', isJson: true, headers }), [
    'POST',
    'a/b',
    'mine',
    't',
    'x',
  ]);
});

for (const status of [400, 404, 429, 500]) {
  test(`an answer of ${status} is a failure with the answer as its cause`, async (t) => {
    const url = await serveHttp(t, (_, response) => response.writeHead(status).end('why'));
    const [name, cause] = await stepFailure(step, call(url));
    assert.equal(name, `HTTP.${status}`);
    const { Code, Body } = JSON.parse(String(cause));
    assert.deepEqual([Code, Body], [status, 'why']);
  });
}

const REFUSED: readonly (readonly [url: string, method: string, name: string])[] = [
  ['http://127.0.0.1:1/', 'GET', 'HTTP.ConnectionFailed'],
  ['http://169.254.169.254/', 'GET', 'HTTP.Forbidden'],
  ['nowhere', 'GET', 'HTTP.InvalidRequest'],
  ['http://127.0.0.1:1/', 'CONNECT', 'HTTP.InvalidRequest'],
];
for (const [url, method, expected] of REFUSED) {
  test(`${method} ${url} fails with ${expected}`, async () => {
    const [name, cause] = await stepFailure(step, call(url, { method }));
    assert.equal(name, expected);
    assert.equal(typeof cause, 'string');
  });
}

test('the time for an answer is limited', async (t) => {
  const url = await serveHttp(t, () => clock.advance(5000));
  const limited = httpStep({ sendHttp, clock, mostMilliseconds: 5000 });
  assert.deepEqual(await stepFailure(limited, call(url)), ['HTTP.Timeout', 'No answer within 5000 ms']);
  assert.equal(clock.waiting, 0);
});

test('a request ends with its effect', async (t) => {
  const controller = new AbortController();
  const url = await serveHttp(t, () => controller.abort(new Error('enough')));
  const limited = httpStep({ sendHttp, clock, mostMilliseconds: 5000 });
  await assert.rejects(runStep(limited, call(url), { signal: controller.signal }), { message: 'enough' });
  assert.equal(clock.waiting, 0);
});
