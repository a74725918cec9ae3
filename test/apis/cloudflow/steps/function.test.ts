import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { functionStep } from '../../../../src/apis/cloudflow/steps/function.ts';
import type { FunctionConfig } from '../../../../src/functions/function-config.ts';
import { FunctionFailed } from '../../../../src/functions/function-failed.ts';
import { createFunctions } from '../../../../src/functions/functions.ts';
import type { EffectRunner } from '../../../../src/kernel/effects.ts';
import { callAfter } from '../../../support/call-functions.ts';
import { serveHttp } from '../../../support/http-server.ts';
import { runStep, stepFailure } from '../../../support/run-step.ts';

/** A step over these functions; calls end with the test. */
function stepOver(t: TestContext, configs: Readonly<Record<string, FunctionConfig>>): EffectRunner {
  const callActivity = (): Promise<never> => Promise.reject(new Error('there are no workers here'));
  const settings = {
    answerBytes: 1000,
    concurrency: 4,
    print: () => undefined,
    callActivity,
    after: callAfter,
  };
  const functions = createFunctions(configs, settings);
  t.after(() => functions.stop());
  return functionStep(functions.call);
}

const call = (resource: string, event: unknown = {}) => ({
  resource,
  event: JSON.stringify(event),
  idempotency: 'attempt-1',
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly errorType?: string;
}

/** A step whose function `f` always answers so. */
async function answering(t: TestContext, { status, body, errorType }: Answer): Promise<EffectRunner> {
  const url = await serveHttp(t, (_, response) => {
    if (errorType !== undefined) response.setHeader('X-Fc-Error-Type', errorType);
    response.writeHead(status).end(body);
  });
  return stepOver(t, { f: { kind: 'url', url } });
}

const ARNS = [
  'acs:fc:::services/shop/functions/f',
  'acs:fc:cn-hangzhou:1234567890123456:services/shop.prod/functions/f',
  'acs:fc:cn-hangzhou:1234567890123456:functions/f',
  'acs:fc:::functions/f/LATEST',
  'acs:fc:::functions/f/3',
];

describe('which function is called', () => {
  for (const resource of ARNS) {
    test(resource, async (t) => {
      const url = await serveHttp(t, ({ request, body }, response) =>
        response.end(JSON.stringify({ key: request.headers['idempotency-key'], event: JSON.parse(body) })),
      );
      const step = stepOver(t, { f: { kind: 'url', url } });
      assert.deepEqual(await runStep(step, call(resource, { a: [1] })), {
        key: 'attempt-1',
        event: { a: [1] },
      });
    });
  }

  test('an attempt of a step with a name in any script can be told from others', async (t) => {
    const url = await serveHttp(t, ({ request }, response) =>
      response.end(JSON.stringify(request.headers['idempotency-key'])),
    );
    const step = stepOver(t, { f: { kind: 'url', url } });
    const keyOf = (idempotency: string) => runStep(step, { ...call('f'), idempotency });
    assert.equal(await keyOf('e1/步骤/1'), 'e1/%E6%AD%A5%E9%AA%A4/1');
    assert.equal(await keyOf('e1/%E6/1'), 'e1/%25E6/1');
    assert.equal(await keyOf('\ud800'), '%EF%BF%BD');
  });

  test('one that is not configured is not found', async (t) => {
    const [name] = await stepFailure(stepOver(t, {}), call('acs:fc:::functions/nobody'));
    assert.equal(name, 'FC.FunctionNotFound');
  });

  test('an event that is no JSON is an invalid argument', async (t) => {
    const step = stepOver(t, { f: { kind: 'url', url: 'http://127.0.0.1:1/' } });
    const [name] = await stepFailure(step, { ...call('f'), event: '{' });
    assert.equal(name, 'FC.InvalidArgument');
  });
});

const RAISED = '{"errorMessage":"no seats","errorType":"BookFlightError","stackTrace":[]}';

const ANSWERS: readonly (readonly [what: string, answer: Answer, error: string, cause?: string])[] = [
  ['throttling', { status: 429, body: '' }, 'FC.ResourceThrottled'],
  ['throttling under another code', { status: 429, body: '{"ErrorCode":"X"}' }, 'FC.ResourceThrottled'],
  ['exhaustion', { status: 429, body: '{"ErrorCode":"ResourceExhausted"}' }, 'FC.ResourceExhausted'],
  ['a refusal with a code', { status: 404, body: '{"ErrorCode":"ServiceNotFound"}' }, 'FC.ServiceNotFound'],
  ['a refusal without one', { status: 400, body: 'no' }, 'FC.InvalidArgument'],
  ['a refusal with a strange code', { status: 400, body: '{"ErrorCode":{}}' }, 'FC.InvalidArgument'],
  ['a refusal that is null', { status: 400, body: 'null' }, 'FC.InvalidArgument', 'null'],
  ['an error of the service', { status: 500, body: '' }, 'FC.InternalServerError'],
  ['one that has a code', { status: 503, body: '{"ErrorCode":"Busy"}' }, 'FC.Busy', '{"ErrorCode":"Busy"}'],
  ['a redirection', { status: 302, body: '' }, 'FC.Unknown'],
  [
    'an error that was raised',
    { status: 200, errorType: 'HandledInvocationError', body: RAISED },
    'BookFlightError',
    RAISED,
  ],
  [
    'an error without a type',
    { status: 200, errorType: 'UnhandledInvocationError', body: '{"errorMessage":"out of memory"}' },
    'FC.Unknown',
    '{"errorMessage":"out of memory"}',
  ],
  ['an error that is no JSON', { status: 200, errorType: 'x', body: '<html>' }, 'FC.Unknown'],
  ['an answer that is no JSON', { status: 200, body: '<html>' }, 'FC.Unknown'],
  ['an answer with a number that is too large', { status: 200, body: '{"a":1e400}' }, 'FC.Unknown'],
  ['an answer that is too long', { status: 200, body: `"${'x'.repeat(1000)}"` }, 'FC.Unknown'],
];

describe('what a function behind a URL fails with', () => {
  for (const [what, answer, error, cause] of ANSWERS) {
    test(what, async (t) => {
      const [name, text] = await stepFailure(await answering(t, answer), call('f'));
      assert.equal(name, error);
      assert.equal(typeof text, 'string');
      if (cause !== undefined) assert.equal(text, cause);
    });
  }

  test('nobody listens', async (t) => {
    const step = stepOver(t, { f: { kind: 'url', url: 'http://127.0.0.1:1/' } });
    assert.equal((await stepFailure(step, call('f')))[0], 'FC.Unknown');
  });
});

describe('what other functions fail with', () => {
  test('an exception of a module goes by its class; a module that cannot be loaded does not', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'orrery-step-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      join(folder, 'good.mjs'),
      'class SoldOut extends Error { name = "SoldOut"; }\nexport const handler = () => { throw new SoldOut("none"); };',
    );
    writeFileSync(join(folder, 'bad.mjs'), 'export const other = 1;');
    const step = stepOver(t, {
      good: { kind: 'module', module: join(folder, 'good.mjs') },
      bad: { kind: 'module', module: join(folder, 'bad.mjs') },
    });
    const [name, cause] = await stepFailure(step, call('good'));
    assert.equal(name, 'SoldOut');
    assert.equal(JSON.parse(String(cause)).errorMessage, 'none');
    assert.equal((await stepFailure(step, call('bad')))[0], 'FC.Unknown');
  });

  test('the exit code of a command is no error type', async (t) => {
    const command = [process.execPath, '-e', 'process.exit(3)'];
    const step = stepOver(t, { f: { kind: 'command', command, folder: tmpdir() } });
    assert.equal((await stepFailure(step, call('f')))[0], 'FC.Unknown');
  });

  const LAMBDA = [
    ['Unhandled', '{"errorType":"Error"}', { by: 'function' }, 'Error'],
    ['Unhandled', '{"errorType":"Sandbox.Timedout"}', { by: 'function' }, 'FC.Unknown'],
    ['X', '{}', { by: 'service', status: 404, code: 'ResourceNotFoundException' }, 'FC.FunctionNotFound'],
    ['X', '{}', { by: 'service', status: 429, code: 'TooManyRequestsException' }, 'FC.ResourceThrottled'],
    ['X', '{}', { by: 'service', status: 500, code: 'ServiceException' }, 'FC.InternalServerError'],
  ] as const;
  for (const [kind, payload, source, error] of LAMBDA) {
    test(`a Lambda endpoint's ${payload} ${'code' in source ? source.code : ''}`, async () => {
      const step = functionStep(() =>
        Promise.reject(new FunctionFailed({ kind, message: 'm', payload, source })),
      );
      assert.deepEqual(await stepFailure(step, call('f')), [error, payload]);
    });
  }
});

test('the call ends with its signal, which is no failure of the function', async (t) => {
  const controller = new AbortController();
  const url = await serveHttp(t, () => controller.abort(new Error('enough')));
  const step = stepOver(t, { f: { kind: 'url', url } });
  await assert.rejects(runStep(step, call('f'), { signal: controller.signal }), { message: 'enough' });
});
