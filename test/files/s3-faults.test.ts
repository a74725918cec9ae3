import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Bucket } from '../../src/files/bucket.ts';
import { pattern } from '../contracts/bucket-writing.ts';
import { get, getBytes, keys, md5, put, rejects } from '../support/objects.ts';
import type { S3Request } from '../support/s3/s3-request.ts';
import { failing, MEGABYTE, openEndpoint } from './s3-endpoint.ts';

test('a moment of overload is not noticed, a long one is throttling', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const slowDown = { status: 503, code: 'SlowDown' };
  failing(server, /^PUT/, { times: 2, fault: slowDown });
  await put(bucket, 'a', 'x');
  failing(server, /^PUT/, { times: 99, fault: slowDown });
  await rejects(put(bucket, 'b', 'x'), 'throttled');
  server.fault = () => undefined;
  assert.deepEqual(await keys(bucket), ['a']);
});

test('refusals say what they mean', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  await put(bucket, 'a', 'x');
  const cases = [
    [403, 'AccessDenied', 'denied'],
    [400, 'InvalidRequest', 'invalid'],
    [400, 'RequestTimeout', 'unavailable'],
    [403, 'InvalidObjectState', 'invalid'],
    [500, 'InternalError', 'unavailable'],
    [503, 'InternalError', 'unavailable'],
    [507, 'XMinioStorageFull', 'no-space'],
    [404, 'NoSuchBucket', 'not-found'],
  ] as const;
  for (const [status, code, reason] of cases) {
    failing(server, /./, { times: 99, fault: { status, code } });
    await rejects(put(bucket, 'b', 'x'), reason);
    await rejects(keys(bucket), reason);
    await rejects(bucket.getTags({ key: 'a' }), reason);
  }
});

test('a bucket that is not there is not found, whatever is written to it', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  await put(bucket, 'a', 'x');
  failing(server, /^PUT/, { times: 99, fault: { status: 404, code: 'NoSuchBucket' } });
  for (const ifAbsent of [true, false]) {
    await rejects(put(bucket, 'b', 'x', { ifAbsent }), 'not-found');
    await rejects(bucket.copy({ bucket, key: 'a' }, 'b', { ifAbsent }), 'not-found');
  }
});

test('what an answer without a body leaves open is unavailable', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  failing(server, /^HEAD/, { times: 99, fault: { status: 503, code: 'ServiceUnavailable' } });
  await rejects(bucket.head({ key: 'a' }), 'unavailable');
  await rejects(put(bucket, 'a', 'x', { ifAbsent: true }), 'unavailable');
});

test('another key is denied, and nobody there is unavailable', async (context) => {
  const { bucket } = await openEndpoint(context, { accessKeyId: 'SOMEBODY' });
  await rejects(put(bucket, 'a', 'x'), 'denied');
  await rejects(bucket.head({ key: 'a' }), 'denied');
  const { server, bucket: lonely } = await openEndpoint(context);
  await server.close();
  await rejects(put(lonely, 'a', 'x'), 'unavailable');
  await rejects(lonely.head({ key: 'a' }), 'unavailable');
});

test('a connection that breaks is tried again', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  failing(server, /^PUT/, { times: 1, fault: 'cut' });
  await put(bucket, 'a', 'content');
  failing(server, /^GET a/, { times: 1, fault: 'cut' });
  assert.equal(await get(bucket, 'a'), 'content');
});

test('an exclusive write whose answer was lost has succeeded', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  failing(server, /^PUT/, { times: 1, fault: 'cut-after' });
  await put(bucket, 'a', 'content', { ifAbsent: true });
  assert.equal(await get(bucket, 'a'), 'content');
  await rejects(put(bucket, 'a', 'other', { ifAbsent: true }), 'exists');
  assert.deepEqual((await bucket.head({ key: 'a' }))?.metadata, {});
  failing(server, /^POST .* uploadId/, { times: 1, fault: 'cut-after' });
  await put(bucket, 'large', pattern(20 * MEGABYTE), { ifAbsent: true });
  assert.equal(md5(await getBytes(bucket, 'large')), md5(pattern(20 * MEGABYTE)));
  failing(server, /^POST .* uploadId/, { times: 1, fault: 'cut-after' });
  await put(bucket, 'large', pattern(19 * MEGABYTE));
  assert.equal(server.openUploads, 0);
});

test('what the end of an upload does not tell is asked for until the endpoint answers', async (context) => {
  const { server, bucket } = await openEndpoint(context, { isLikeCeph: true });
  const content = pattern(9 * MEGABYTE);
  const internal = { status: 500, code: 'InternalError' };
  failing(server, /^HEAD/, { times: 7, fault: internal });
  const { etag } = await put(bucket, 'a', content);
  assert.deepEqual([etag !== '', etag], [true, (await bucket.head({ key: 'a' }))?.etag]);
  failing(server, /^HEAD/, { times: 99, fault: internal });
  await rejects(put(bucket, 'b', content), 'unavailable');
});

test('who waits for another exclusive write is not kept there when he is called off', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const held = Promise.withResolvers<undefined>();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  server.fault = async ({ method }) => {
    if (method === 'PUT') resolve();
    return method === 'PUT' ? held.promise : undefined;
  };
  const first = put(bucket, 'a', 'first', { ifAbsent: true });
  await asked;
  const ending = new AbortController();
  const second = put(bucket, 'a', 'second', { ifAbsent: true, signal: ending.signal });
  await turn();
  ending.abort(new Error('no longer wanted'));
  await assert.rejects(second, { message: 'no longer wanted' });
  held.resolve(undefined);
  await first;
  await rejects(put(bucket, 'a', 'third', { ifAbsent: true }), 'exists');
});

test('writers that the endpoint cannot tell apart come again', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  failing(server, /^PUT/, { times: 2, fault: { status: 409, code: 'ConditionalRequestConflict' } });
  await put(bucket, 'a', 'content', { ifAbsent: true });
  assert.equal(await get(bucket, 'a'), 'content');
});

test('writers that are in each other’s way for long may come again later', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const conflict = { status: 409, code: 'ConditionalRequestConflict' };
  failing(server, /^(PUT|POST .* uploadId)/, { times: 99, fault: conflict });
  await rejects(put(bucket, 'a', 'content', { ifAbsent: true }), 'unavailable');
  failing(server, /^POST .* uploadId/, { times: 99, fault: conflict });
  await rejects(put(bucket, 'large', pattern(20 * MEGABYTE), { ifAbsent: true }), 'unavailable');
  assert.equal(server.openUploads, 0);
});

describe('an error in an answer that began as success', () => {
  const large = pattern(20 * MEGABYTE);
  const acts = {
    'the end of an upload': [/^POST .* uploadId/, (bucket: Bucket) => put(bucket, 'b', large)],
    'a copy': [/^PUT b/, (bucket: Bucket) => bucket.copy({ bucket, key: 'a' }, 'b')],
    'a part of a copy': [
      /^PUT b .*partNumber/,
      (bucket: Bucket) => bucket.copy({ bucket, key: 'a' }, 'b', { ifAbsent: true }),
    ],
  } as const;
  for (const [name, [request, act]] of Object.entries(acts)) {
    test(name, async (context) => {
      const { server, bucket } = await openEndpoint(context);
      await put(bucket, 'a', large);
      failing(server, request, { times: 99, fault: { status: 200, code: 'InternalError' } });
      await rejects(act(bucket), 'unavailable');
      failing(server, request, { times: 99, fault: { status: 200, code: 'SlowDown' } });
      await rejects(act(bucket), 'throttled');
      failing(server, request, { times: 99, fault: { status: 200, code: 'InternalError', tail: '\n' } });
      await rejects(act(bucket), 'unavailable');
      assert.deepEqual([await keys(bucket), server.openUploads], [['a'], 0]);
      failing(server, request, { times: 2, fault: { status: 200, code: 'InternalError' } });
      await act(bucket);
      assert.equal(md5(await getBytes(bucket, 'b')), md5(large));
    });
  }
});

test('an endpoint without tags copies objects that have none', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  await put(bucket, 'a', 'x');
  failing(server, /tagging/, { times: 99, fault: { status: 501, code: 'NotImplemented' } });
  await bucket.copy({ bucket, key: 'a' }, 'b', { ifAbsent: true });
  assert.equal(await get(bucket, 'b'), 'x');
  const tags = [{ Key: 'k', Value: 'v' }];
  await rejects(bucket.putTags({ key: 'b' }, tags), 'unsupported');
  await put(bucket, 'large', pattern(9 * MEGABYTE), { tags });
});

test('who may write and not look writes what is not there all the same', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const refusal = { status: 403, code: 'AccessDenied' };
  failing(server, /^(HEAD|GET .*tagging)/, { times: 99, fault: refusal });
  const tags = [{ Key: 'k', Value: 'v' }];
  await put(bucket, 'small', 'x', { ifAbsent: true });
  await put(bucket, 'large', pattern(9 * MEGABYTE), { ifAbsent: true, tags });
  await rejects(put(bucket, 'small', 'y', { ifAbsent: true }), 'exists');
  await rejects(put(bucket, 'large', pattern(9 * MEGABYTE), { ifAbsent: true }), 'exists');
  server.fault = () => undefined;
  assert.deepEqual(await keys(bucket), ['large', 'small']);
  assert.deepEqual(await bucket.getTags({ key: 'large' }), tags);
});

describe('an endpoint that demands Content-MD5', () => {
  const hasMd5 = ({ headers, body }: S3Request): boolean =>
    headers['content-md5'] === createHash('md5').update(body).digest('base64') &&
    !Object.keys(headers).some((name) => name.includes('checksum'));

  test('of tags has it, and no checksum that it does not know', async (context) => {
    const { server, bucket } = await openEndpoint(context);
    server.fault = (request) =>
      request.method === 'PUT' && request.query.has('tagging') && !hasMd5(request)
        ? { status: 400, code: 'MissingContentMD5' }
        : undefined;
    await put(bucket, 'a', 'x');
    await bucket.putTags({ key: 'a' }, [{ Key: 'k', Value: 'v' }]);
    assert.deepEqual(await bucket.getTags({ key: 'a' }), [{ Key: 'k', Value: 'v' }]);
  });

  test('of all content, as with object lock, has it once it has said so', async (context) => {
    const { server, bucket } = await openEndpoint(context);
    const refused: string[] = [];
    server.fault = (request) => {
      const { method, key, body } = request;
      if (method !== 'PUT' || body.length === 0 || hasMd5(request)) return undefined;
      refused.push(key);
      const message = 'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests';
      return { status: 400, code: 'InvalidRequest', message };
    };
    await put(bucket, 'a', 'x');
    await put(bucket, 'b', 'y');
    await put(bucket, 'large', pattern(9 * MEGABYTE));
    assert.equal(await get(bucket, 'b'), 'y');
    assert.equal(md5(await getBytes(bucket, 'large')), md5(pattern(9 * MEGABYTE)));
    assert.deepEqual(refused, ['a'], 'only the first object was sent without it');
  });
});

test('an endpoint that knows no conditional removal removes what has the entity tag', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const { etag } = await put(bucket, 'a', 'content');
  const refusal = { status: 501, code: 'NotImplemented' };
  failing(server, /^DELETE a/, { times: 1, fault: refusal });
  await rejects(bucket.remove({ key: 'a' }, { etag: 'another' }), 'changed');
  await bucket.remove({ key: 'a' }, { etag });
  assert.deepEqual(await keys(bucket), []);
  await put(bucket, 'b', 'content');
  failing(server, /^DELETE b/, { times: 99, fault: refusal });
  await rejects(bucket.remove({ key: 'b' }), 'unsupported');
});

test('a removal that the endpoint cannot decide comes again', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const { etag } = await put(bucket, 'a', 'content');
  failing(server, /^DELETE a/, { times: 2, fault: { status: 409, code: 'ConditionalRequestConflict' } });
  await bucket.remove({ key: 'a' }, { etag });
  assert.deepEqual(await keys(bucket), []);
});

test('what was written just before its removal stays', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const { etag } = await put(bucket, 'a', 'content');
  failing(server, /^DELETE a/, { times: 1, fault: { status: 412, code: 'PreconditionFailed' } });
  await rejects(bucket.remove({ key: 'a' }, { etag }), 'changed');
  assert.deepEqual(await keys(bucket), ['a']);
});
