import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/apis/cloudflow/language/json.ts';
import {
  type CloudflowEffectsOptions,
  cloudflowEffects,
  type TaskSettings,
} from '../../../../src/apis/cloudflow/steps/index.ts';
import { MachineFailed, Rejection, Unavailable } from '../../../../src/kernel/errors.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { serveHttp } from '../../../support/http-server.ts';
import { runStep, stepFailure } from '../../../support/run-step.ts';
import { settle } from '../../../support/toy-kernel.ts';

const notHere = (): Promise<never> => Promise.reject(new Error('not a part of this test'));

function effects(
  options: Partial<CloudflowEffectsOptions> = {},
  settings: Partial<TaskSettings> = {},
): ReturnType<typeof cloudflowEffects> {
  return cloudflowEffects({
    callFunction: notHere,
    hasFunction: () => true,
    acceptInvocation: notHere,
    sendMessage: notHere,
    startFlow: notHere,
    operations: {},
    storage: new Promise(() => undefined),
    findChild: notHere,
    settings: { http: { allow: [], deny: [] }, products: {}, topics: {}, ...settings },
    limits: {},
    clock: createFixedClock(),
    accountOf: () => '0',
    ...options,
  });
}

const flowCall = { flowName: 'child', executionName: 'c1', input: '{}', reportsTo: 7 };

describe('another flow', () => {
  test('is started for the execution of the task', async () => {
    const seen: unknown[] = [];
    const { flow } = effects({
      startFlow: async (request, { execution }) => {
        seen.push(request, execution.name);
        return { Name: 'c1' };
      },
    });
    assert.deepEqual(await runStep(flow, flowCall), { Name: 'c1' });
    assert.deepEqual(seen, [flowCall, 'e1']);
  });

  test('that cannot be started is a failure with the code of the API', async () => {
    const { flow } = effects({
      startFlow: () => Promise.reject(new Rejection('ExecutionAlreadyExists', 'c1 exists')),
    });
    assert.deepEqual(await stepFailure(flow, flowCall), ['FNF.ExecutionAlreadyExists', 'c1 exists']);
  });

  for (const error of [new MachineFailed('broken'), new TypeError('broken')]) {
    test(`that meets a ${error.constructor.name} is the failure of this service`, async () => {
      const { flow } = effects({ startFlow: () => Promise.reject(error) });
      assert.deepEqual(await stepFailure(flow, flowCall), ['FnF.RuntimeError', 'broken']);
    });
  }

  test('that ends with its effect is no failure', async () => {
    const { flow } = effects({ startFlow: () => Promise.reject(new Error('of the work')) });
    const signal = AbortSignal.abort(new Error('of the signal'));
    await assert.rejects(runStep(flow, flowCall, { signal }), { message: 'of the signal' });
  });

  test('waits while the store cannot write', async () => {
    const clock = createFixedClock();
    let tries = 0;
    const { flow } = effects({
      clock,
      startFlow: async () => {
        if (++tries === 1) throw new Unavailable('no space');
        return null;
      },
    });
    const result = runStep(flow, flowCall);
    await settle();
    clock.advance(1000);
    assert.equal(await result, null);
  });
});

const apiCall = (product: string, api: string, parameters: Json = { A: 1 }) => ({
  product,
  api,
  parameters,
  idempotency: 'attempt-1',
});

describe('an operation of this service', () => {
  test('runs in process, however its product is written', async () => {
    const { api } = effects({
      operations: { DescribeFlow: async (parameters, { idempotency }) => [parameters, idempotency] },
    });
    for (const product of ['fnf', 'FNF'])
      assert.deepEqual(await runStep(api, apiCall(product, 'DescribeFlow')), [{ A: 1 }, 'attempt-1']);
  });

  const refuse = () => Promise.reject(new Rejection('FlowNotExists', "Flow 'x' does not exist."));
  const CASES = [
    ['fnf', 'DescribeFlow', 'fnf.FlowNotExists'],
    ['FNF', 'DescribeFlow', 'FNF.FlowNotExists'],
    ['fnf', 'Dance', 'fnf.ActionNotSupported'],
    ['fnf', 'toString', 'fnf.ActionNotSupported'],
  ] as const;
  for (const [product, name, error] of CASES) {
    test(`${product}:${name} fails with ${error}`, async () => {
      const { api } = effects({ operations: { DescribeFlow: refuse } });
      assert.equal((await stepFailure(api, apiCall(product, name)))[0], error);
    });
  }
});

describe('an operation of another product', () => {
  test('goes to the adapter that is configured for it', async (t) => {
    const url = await serveHttp(t, ({ request, body }, response) =>
      response.end(
        JSON.stringify([request.method, request.headers['idempotency-key'], JSON.parse(body) as Json]),
      ),
    );
    const { api } = effects({}, { products: { Ocr: { url } } });
    assert.deepEqual(await runStep(api, apiCall('OCR', 'RecognizeCard')), [
      'POST',
      'attempt-1',
      { product: 'OCR', api: 'RecognizeCard', parameters: { A: 1 } },
    ]);
  });

  test('without one fails, whatever its name', async () => {
    const { api } = effects();
    for (const product of ['ocr', 'toString', '__proto__'])
      assert.equal((await stepFailure(api, apiCall(product, 'X')))[0], `${product}.ServiceNotConfigured`);
  });

  const ANSWERS = [
    [204, '', 'null'],
    [200, '"ok"', '"ok"'],
    [200, '<html>', 'ocr.InvalidAnswer'],
    [400, '{"Code":"NoCard","Message":"m"}', 'ocr.NoCard'],
    [400, '{"Code":7}', 'ocr.InvalidArgument'],
    [404, 'null', 'ocr.InvalidArgument'],
    [429, '', 'ocr.ResourceThrottled'],
    [502, '<html>', 'ocr.InternalServerError'],
  ] as const;
  for (const [status, body, expected] of ANSWERS) {
    test(`answers ${status} ${body}: ${expected}`, async (t) => {
      const url = await serveHttp(t, (_, response) => response.writeHead(status).end(body));
      const { api } = effects({}, { products: { ocr: { url } } });
      const run = apiCall('ocr', 'X');
      if (status < 300 && body !== '<html>') assert.equal(JSON.stringify(await runStep(api, run)), expected);
      else assert.equal((await stepFailure(api, run))[0], expected);
    });
  }

  test('fails when nobody answers', async () => {
    const { api } = effects({}, { products: { ocr: { url: 'http://127.0.0.1:1/' } } });
    assert.equal((await stepFailure(api, apiCall('ocr', 'X')))[0], 'ocr.ConnectionFailed');
  });
});

describe('settings', () => {
  test('say where HTTP requests may go, and how much they may bring', async (t) => {
    const url = await serveHttp(t, (_, response) => response.end('12345'));
    const call = { url, method: 'GET', headers: {}, isJson: false, idempotency: 'a' };
    const denied = effects({}, { http: { allow: [], deny: ['127.0.0.0/8'] } });
    assert.equal((await stepFailure(denied.http, call))[0], 'HTTP.Forbidden');
    const small = effects({ limits: { 'cloudflow.httpAnswerBytes': 4 } });
    assert.equal((await stepFailure(small.http, call))[0], 'HTTP.AnswerTooLarge');
  });

  test('the token of a callback stays with the first origin', async (t) => {
    const there = await serveHttp(t, ({ request }, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    const here = await serveHttp(t, (_, response) => response.writeHead(307, { location: there }).end());
    const headers = { 'X-FnF-Http-Callback-Task-Token': 'token' };
    const call = { url: here, method: 'GET', headers, isJson: false, idempotency: 'a' };
    const { Body } = (await runStep(effects().http, call)) as { readonly Body: string };
    assert.doesNotMatch(Body, /token/);
  });
});
