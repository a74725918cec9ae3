import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { SWFClient } from '@aws-sdk/client-swf';
import type { FunctionConfig } from '../../../src/functions/function-config.ts';
import { serveHttp } from '../../support/http-server.ts';
import { historyOf, nextDecision, outcomeOf, registerCalls, startCalls } from '../../support/lambda-runs.ts';
import { startOrrery } from '../../support/orrery-process.ts';
import { credentials, region, startServer } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

function createClient(test: TestContext, endpoint: string): SWFClient {
  const client = new SWFClient({ endpoint, region, credentials });
  test.after(() => client.destroy());
  return client;
}

async function served(
  test: TestContext,
  functions: Readonly<Record<string, FunctionConfig>>,
): Promise<SWFClient> {
  const { endpoint, stop } = await startServer({ functions });
  test.after(stop);
  const client = createClient(test, endpoint);
  await registerCalls(client);
  return client;
}

const command = (script: string): FunctionConfig => ({
  kind: 'command',
  command: [process.execPath, '-e', script],
  folder: import.meta.dirname,
});

/** One function of each kind that answers with its event and its own kind. */
async function echoes(test: TestContext): Promise<Record<string, FunctionConfig>> {
  const answer = (kind: string, body: string): string => `{"kind":"${kind}","event":${body}}`;
  const address = await serveHttp(test, ({ request, body }, response) =>
    response.end(answer(request.url === '/' ? 'url' : 'lambda', body)),
  );
  const { path } = await makeTemporaryDirectory(test);
  const module = join(path, 'echo.ts');
  writeFileSync(module, `export const handler = async (event: unknown) => ({ kind: 'module', event });`);
  const keys = { region: undefined, accessKeyId: 'a', secretAccessKey: 'b' };
  return {
    url: { kind: 'url', url: address },
    command: command(
      `process.stdin.on('data', (event) => console.log('{"kind":"command","event":' + event + '}'));`,
    ),
    module: { kind: 'module', module },
    lambda: { kind: 'lambda', lambda: { endpoint: address, functionName: 'echo', ...keys } },
  };
}

describe('a Lambda step', () => {
  it('completes with the answer of a function of any kind', async (test) => {
    const client = await served(test, await echoes(test));
    for (const name of ['url', 'command', 'module', 'lambda']) {
      const event = await outcomeOf(client, { name, input: '{"n":1}' });
      assert.equal(event?.eventType, 'LambdaFunctionCompleted', JSON.stringify(event));
      const { result, scheduledEventId, startedEventId } = event.lambdaFunctionCompletedEventAttributes ?? {};
      assert.deepEqual(
        [result, scheduledEventId, startedEventId],
        [`{"kind":"${name}","event":{"n":1}}`, 5, 6],
      );
    }
  });

  it('sends an empty event without input, and finds a function by its ARN', async (test) => {
    const { module } = await echoes(test);
    assert.ok(module);
    const client = await served(test, { module });
    for (const call of [
      { name: 'module' },
      { name: 'arn:aws:lambda:us-east-1:1:function:module', input: '' },
    ]) {
      const event = await outcomeOf(client, call);
      const { result } = event?.lambdaFunctionCompletedEventAttributes ?? {};
      assert.equal(result, '{"kind":"module","event":{}}');
    }
  });

  it('fails as its function fails', async (test) => {
    const address = await serveHttp(test, (_, response) =>
      response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorMessage":"timed out"}'),
    );
    const keys = { region: undefined, accessKeyId: 'a', secretAccessKey: 'b' };
    const client = await served(test, {
      refuses: command(`console.error('out of stock'); process.exit(2);`),
      crashes: command(`process.kill(process.pid, 'SIGKILL');`),
      passedOn: { kind: 'lambda', lambda: { endpoint: address, functionName: 'echo', ...keys } },
      tooLong: command(`console.log(JSON.stringify('x'.repeat(40_000)))`),
    });
    const failure = async (name: string, input = '{}'): Promise<[unknown, Record<string, unknown>]> => {
      const event = await outcomeOf(client, { name, input });
      assert.equal(event?.eventType, 'LambdaFunctionFailed', JSON.stringify(event));
      const { reason, details = '' } = event.lambdaFunctionFailedEventAttributes ?? {};
      return [reason, JSON.parse(details)];
    };
    const [handled, { errorType, stderr }] = await failure('refuses');
    assert.deepEqual([handled, errorType, stderr], ['Handled', 'ExitCode', 'out of stock\n']);
    const [unhandled, signal] = await failure('crashes');
    assert.deepEqual([unhandled, signal.errorType], ['Unhandled', 'Signal']);
    assert.deepEqual(await failure('passedOn'), ['Unhandled', { errorMessage: 'timed out' }]);
    assert.equal((await failure('tooLong'))[1].errorType, 'ResultTooLong');
    assert.equal((await failure('unknown'))[0], 'ResourceNotFoundException');
    assert.equal((await failure('refuses', 'no JSON'))[0], 'InvalidRequestContentException');
  });

  it('times out, and its function is stopped', async (test) => {
    const stopped = Promise.withResolvers<unknown>();
    const url = await serveHttp(test, ({ request }) => stopped.resolve(once(request.socket, 'close')));
    const client = await served(test, { slow: { kind: 'url', url } });
    const event = await outcomeOf(client, { name: 'slow', startToCloseTimeout: '1' });
    assert.equal(event?.eventType, 'LambdaFunctionTimedOut');
    await stopped.promise;
  });

  it('calls its function again when the server has died, and records one outcome', async (test) => {
    const { path } = await makeTemporaryDirectory(test);
    const keys: unknown[] = [];
    const called = Promise.withResolvers<void>();
    const url = await serveHttp(test, ({ request }, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) called.resolve();
      else response.end(`"call ${keys.length}"`);
    });
    const file = join(path, 'orrery.yaml');
    writeFileSync(file, `data: data\nfunctions: { slow: { url: "${url}" } }\n`);

    const { accessKeyId, secretAccessKey } = credentials;
    const options = {
      folder: path,
      flags: ['--config', file],
      environment: { ORRERY_ACCESS_KEY_ID: accessKeyId, ORRERY_SECRET_ACCESS_KEY: secretAccessKey },
    };
    const first = await startOrrery(test, options);
    const before = createClient(test, first.endpoint);
    await registerCalls(before);
    const run = await startCalls(before, [{ name: 'slow' }]);
    await called.promise;
    await first.stop('SIGKILL');

    const second = await startOrrery(test, options);
    const client = createClient(test, second.endpoint);
    await nextDecision(client);
    const events = await historyOf(client, run);
    assert.deepEqual(
      events.slice(4).map(({ eventType }) => eventType),
      [
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionCompleted',
        'DecisionTaskScheduled',
        'DecisionTaskStarted',
      ],
    );
    assert.equal(events[6]?.lambdaFunctionCompletedEventAttributes?.result, '"call 2"');
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });
});
