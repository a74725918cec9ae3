import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { pattern } from '../contracts/bucket-writing.ts';
import { getBytes, keys, md5, put, rejects } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { failing, MEGABYTE, openEndpoint } from './s3-endpoint.ts';

test('an upload in parts that fails or is called off leaves nothing', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  failing(server, /partNumber/, { times: 99, fault: { status: 403, code: 'AccessDenied' } });
  const refused = await bucket.create('a');
  await rejects(
    (async () => {
      for (let at = 0; at < 40; at++) await refused.write(at * MEGABYTE, Buffer.alloc(MEGABYTE));
      await refused.publish();
    })(),
    'denied',
  );
  await refused.abort();
  server.fault = () => undefined;
  const calledOff = await bucket.create('b');
  for (let at = 0; at < 20; at++) await calledOff.write(at * MEGABYTE, Buffer.alloc(MEGABYTE));
  await assert.rejects(
    calledOff.publish({ signal: AbortSignal.abort(new Error('called off')) }),
    /called off/,
  );
  const left = await bucket.create('c');
  for (let at = 0; at < 30; at++) await left.write(at * MEGABYTE, Buffer.alloc(MEGABYTE));
  await left.abort();
  assert.equal(server.openUploads, 0);
  assert.deepEqual(await keys(bucket), []);
});

test('a large object keeps a mark that was known when it began', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const upload = async (mark: string) => {
    const writer = await bucket.create('a', { mark });
    for (let at = 0; at < 12; at++) await writer.write(at * MEGABYTE, Buffer.alloc(MEGABYTE, mark));
    return writer.publish({ ifAbsent: true, mark });
  };
  const first = await upload('m1');
  assert.equal((await upload('m1')).etag, first.etag);
  await rejects(upload('m2'), 'exists');
  assert.equal(server.openUploads, 0);
  const late = await bucket.create('b');
  for (let at = 0; at < 12; at++) await late.write(at * MEGABYTE, Buffer.alloc(MEGABYTE));
  await rejects(late.publish({ mark: 'm1' }), 'invalid');
  assert.equal(server.openUploads, 0);
});

test('what is too large for one request is copied in parts, with all that belongs to it', async (context) => {
  const { server, bucket } = await openEndpoint(context, { copyBytes: 6 * MEGABYTE });
  const content = pattern(27 * MEGABYTE + 5);
  const { etag } = await put(bucket, 'in/ä', content, { metadata: { m: 'größe' } });
  await bucket.putTags({ key: 'in/ä' }, [{ Key: 'k&', Value: 'v=ü' }]);
  const copied = await bucket.copy({ bucket, key: 'in/ä', etag }, 'b');
  assert.deepEqual([copied.size, copied.metadata], [content.length, { m: 'größe' }]);
  assert.equal(md5(await getBytes(bucket, 'b')), md5(content));
  assert.deepEqual(await bucket.getTags({ key: 'b' }), [{ Key: 'k&', Value: 'v=ü' }]);
  assert.equal(server.requests.filter((line) => /^PUT \/landing\/b\?.*partNumber/.test(line)).length, 5);
  failing(server, /^PUT .*partNumber/, { times: 99, fault: { status: 403, code: 'AccessDenied' } });
  await rejects(bucket.copy({ bucket, key: 'in/ä', etag }, 'c'), 'denied');
  assert.equal(server.openUploads, 0);
});

test('reading onwards fetches ahead, and reading here and there does not', async (context) => {
  const { server, bucket } = await openEndpoint(context);
  const content = pattern(16 * MEGABYTE);
  await put(bucket, 'a', content);
  server.requests.length = 0;
  const onward = await bucket.open({ key: 'a' });
  for (let at = 0; at < content.length; at += 32_768) {
    assert.deepEqual(Buffer.from(await onward.read(at, 32_768)), content.subarray(at, at + 32_768));
  }
  await onward.close();
  assert.equal(server.requests.filter((line) => line.startsWith('GET')).length, 8);
  server.requests.length = 0;
  const random = await bucket.open({ key: 'a' });
  for (const at of [9, 3, 15, 6]) {
    const position = at * MEGABYTE + 5;
    assert.deepEqual(Buffer.from(await random.read(position, 10)), content.subarray(position, position + 10));
  }
  await random.close();
  assert.equal(server.requests.filter((line) => line.startsWith('GET')).length, 4);
});

test('objects are copied between an endpoint and a directory', async (context) => {
  const { bucket } = await openEndpoint(context);
  const directory = await makeTemporaryDirectory();
  const local = new DirectoryBucket({ name: 'local', region: 'eu-west-1', directory: directory.path });
  context.after(async () => {
    local.close();
    await directory.remove();
  });
  const content = pattern(9 * MEGABYTE + 1);
  const { etag } = await put(local, 'in/a', content, { metadata: { m: 'größe' } });
  await local.putTags({ key: 'in/a' }, [{ Key: 'k', Value: 'v' }]);
  await bucket.copy({ bucket: local, key: 'in/a', etag }, 'b', { ifAbsent: true, mark: 'm' });
  await bucket.copy({ bucket: local, key: 'in/a', etag }, 'b', { ifAbsent: true, mark: 'm' });
  await local.copy({ bucket, key: 'b' }, 'back');
  const back = await local.head({ key: 'back' });
  assert.deepEqual([back?.etag, back?.metadata], [etag, { m: 'größe' }]);
  assert.deepEqual(await local.getTags({ key: 'back' }), [{ Key: 'k', Value: 'v' }]);
});
