import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainFunctionName } from '../../src/functions/function-name.ts';
import { createFunctions } from '../../src/functions/functions.ts';
import { callAfter, callFunctions } from '../support/call-functions.ts';
import { serveHttp } from '../support/http-server.ts';

describe('the name of a function', () => {
  const references = {
    resize: 'resize',
    'resize:live': 'resize',
    '123456789012:function:resize': 'resize',
    'arn:aws:lambda:us-east-1:123456789012:function:resize': 'resize',
    'arn:aws-cn:lambda:cn-north-1:123456789012:function:resize:$LATEST': 'resize',
    'acs:fc:::services/media/functions/resize': 'resize',
    'acs:fc:cn-hangzhou:1234567890:services/media.prod/functions/resize': 'resize',
    'acs:fc:::functions/resize/LATEST': 'resize',
    'acs:fc:cn-hangzhou:1234567890:functions/resize': 'resize',
    'arn:aws:s3:::bucket/key': 'arn:aws:s3:::bucket/key',
    '': '',
  };
  for (const [reference, name] of Object.entries(references)) {
    it(`is ${JSON.stringify(name)} in ${JSON.stringify(reference)}`, () => {
      assert.equal(plainFunctionName(reference), name);
    });
  }
});

describe('functions', () => {
  it('are found by plain name and by ARN', async (test) => {
    const url = await serveHttp(test, (_, response) => response.end('"here"'));
    const functions = callFunctions(test, { resize: { kind: 'url', url }, 'a:b': { kind: 'url', url } });
    assert.equal(await functions.call('resize'), 'here');
    assert.equal(await functions.call('arn:aws:lambda:us-east-1:000000000000:function:resize'), 'here');
    assert.equal(await functions.call('a:b'), 'here');
  });

  it('that are not configured are not found', async (test) => {
    const functions = callFunctions(test, {});
    for (const name of ['resize', 'constructor', '__proto__', '']) {
      assert.deepEqual(await functions.failure(name), {
        kind: 'ResourceNotFoundException',
        payload: { errorType: 'ResourceNotFoundException', errorMessage: `Function not found: ${name}` },
      });
    }
  });

  it('take no event that is not JSON, nor a call that is over already', async (test) => {
    const url = await serveHttp(test, () => assert.fail('must not be called'));
    const callActivity = (): Promise<never> => assert.fail('must not be called');
    const settings = {
      answerBytes: 0,
      concurrency: 0,
      print: () => undefined,
      callActivity,
      after: callAfter,
    };
    const { call } = createFunctions({ f: { kind: 'url', url } }, settings);
    const context = { idempotencyKey: 'k' };
    const { signal } = new AbortController();
    await assert.rejects(call('f', 'not JSON', { signal, context }), {
      kind: 'InvalidRequestContentException',
    });
    const over = AbortSignal.abort(new Error('too late'));
    await assert.rejects(call('f', '{}', { signal: over, context }), { message: 'too late' });
  });
});
