import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { FunctionConfig } from '../../src/functions/function-config.ts';
import { callFunctions } from '../support/call-functions.ts';
import { type Received, serveHttp } from '../support/http-server.ts';

interface Invoked {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A Lambda endpoint whose only operation is Invoke; gives the configuration of function `f` there. */
async function lambdaOf(
  test: TestContext,
  invoke: (received: Received) => Invoked | undefined,
): Promise<Record<'f', FunctionConfig>> {
  const endpoint = await serveHttp(test, (received, response) => {
    const answer = invoke(received);
    if (answer !== undefined) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  const keys = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'a secret' };
  const lambda = { endpoint, functionName: 'legacy', region: 'eu-west-1', ...keys };
  return { f: { kind: 'lambda', lambda } };
}

describe('a function of a Lambda endpoint', () => {
  it('is invoked by its name there, signed, with the event', async (test) => {
    const configs = await lambdaOf(test, ({ request, body }) => {
      assert.equal(request.method, 'POST');
      assert.equal(request.url, '/2015-03-31/functions/legacy/invocations');
      assert.match(String(request.headers.authorization), /Credential=AKIDLOCAL\/\d{8}\/eu-west-1\/lambda\//);
      const context = String(request.headers['x-amz-client-context']);
      assert.deepEqual(JSON.parse(Buffer.from(context, 'base64').toString()), {
        custom: { idempotencyKey: 'key-1' },
      });
      return { body: JSON.stringify({ got: JSON.parse(body) }) };
    });
    assert.deepEqual(await callFunctions(test, configs).call('f', { a: 'ä' }), { got: { a: 'ä' } });
  });

  it('answers null without a payload', async (test) => {
    const configs = await lambdaOf(test, () => ({}));
    assert.equal(await callFunctions(test, configs).call('f'), null);
  });

  for (const kind of ['Handled', 'Unhandled']) {
    it(`passes on that it failed ${kind}`, async (test) => {
      const payload = { errorType: 'KeyError', errorMessage: "'id'", stackTrace: ['line 3'] };
      const configs = await lambdaOf(test, () => ({
        headers: { 'x-amz-function-error': kind },
        body: JSON.stringify(payload),
      }));
      assert.deepEqual(await callFunctions(test, configs).failure('f'), { kind, payload });
    });
  }

  it('fails with what the service refuses with', async (test) => {
    const configs = await lambdaOf(test, () => ({
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      body: '{"Type":"User","Message":"Function not found: legacy"}',
    }));
    assert.deepEqual(await callFunctions(test, configs).failure('f'), {
      kind: 'ResourceNotFoundException',
      payload: { errorType: 'ResourceNotFoundException', errorMessage: 'Function not found: legacy' },
    });
  });

  it('is not to blame when nobody listens', async (test) => {
    const keys = { accessKeyId: 'a', secretAccessKey: 'b', region: undefined };
    const lambda = { endpoint: 'http://127.0.0.1:1', functionName: 'x', ...keys };
    const { kind, payload } = await callFunctions(test, { f: { kind: 'lambda', lambda } }).failure('f');
    assert.deepEqual([kind, payload.errorType], ['Unhandled', 'ECONNREFUSED']);
  });

  it('ends when its call is aborted', async (test) => {
    const controller = new AbortController();
    const configs = await lambdaOf(test, () => {
      controller.abort(new Error('enough'));
      return undefined;
    });
    await assert.rejects(callFunctions(test, configs).call('f', {}, controller.signal), {
      message: 'enough',
    });
  });
});
