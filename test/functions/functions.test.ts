import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionNames } from '../../src/functions/function-name.ts';
import { createFunctions } from '../../src/functions/functions.ts';
import { callAfter, callFunctions } from '../support/call-functions.ts';
import { serveHttp } from '../support/http-server.ts';

describe('the names of a function, the nearest first', () => {
  const references = {
    resize: [],
    'resize:live': ['resize'],
    '123456789012:function:resize': ['resize'],
    'arn:aws:lambda:us-east-1:123456789012:function:resize': ['resize'],
    'arn:aws:lambda:us-east-1:123456789012:function:resize:live': ['resize:live', 'resize'],
    'arn:aws-cn:lambda:cn-north-1:123456789012:function:resize:$LATEST': ['resize:$LATEST', 'resize'],
    'acs:fc:::services/media/functions/resize': ['media/resize', 'resize'],
    'acs:fc:cn-hangzhou:1234567890:services/media.prod/functions/resize': [
      'media/resize:prod',
      'media/resize',
      'resize:prod',
      'resize',
    ],
    'acs:fc:::functions/resize/LATEST': ['resize:LATEST', 'resize'],
    'acs:fc:cn-hangzhou:1234567890:functions/resize': ['resize'],
    'acs:fc:::services/media/resize': [],
    'acs:fc:::functions/': [],
    'arn:aws:s3:::bucket/key': [],
    '': [],
  };
  for (const [reference, names] of Object.entries(references)) {
    it(`for ${JSON.stringify(reference)}`, () => {
      assert.deepEqual(functionNames(reference), [reference, ...names]);
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

  it('of a service or a version are for those alone', async (test) => {
    const serve = (answer: string) => serveHttp(test, (_, response) => response.end(JSON.stringify(answer)));
    const functions = callFunctions(test, {
      'shop/pay': { kind: 'url', url: await serve('shop') },
      'shop/pay:test': { kind: 'url', url: await serve('shop test') },
      'pay:test': { kind: 'url', url: await serve('test') },
    });
    assert.equal(await functions.call('acs:fc:::services/shop/functions/pay'), 'shop');
    assert.equal(await functions.call('acs:fc:::services/shop.live/functions/pay'), 'shop');
    assert.equal(await functions.call('acs:fc:::services/shop.test/functions/pay'), 'shop test');
    assert.equal(await functions.call('acs:fc:::services/other.test/functions/pay'), 'test');
    for (const other of ['acs:fc:::services/other/functions/pay', 'acs:fc:::functions/pay/live']) {
      const { kind, payload } = await functions.failure(other);
      assert.equal(kind, 'ResourceNotFoundException');
      assert.match(JSON.stringify(payload), /Function not found: acs:fc/);
    }
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
