import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { pattern } from '../../contracts/bucket-writing.ts';
import { get, getBytes, keys, md5, put } from '../../support/objects.ts';
import { encryptFor, newPgpKey } from '../../support/pgp-keys.ts';
import { openEndpoint } from '../../support/s3/open-endpoint.ts';
import { brief, outcomeOf, SftpWorld } from '../../support/sftp-world.ts';
import { copy, decrypt, remove, tag } from '../../support/workflow-steps.ts';

const LARGE = pattern((20 << 20) + 3);

/** The whole product over an S3-compatible endpoint: `alice` has its bucket `landing`, and workflows write to `out`. */
async function openRemote(t: TestContext) {
  const endpoint = await openEndpoint(['landing', 'out']);
  t.after(() => endpoint.close());
  const buckets = { landing: endpoint.place('landing'), out: endpoint.place('out') };
  const world = await SftpWorld.open(t, { buckets });
  await world.createUser({ HomeDirectory: '/landing' });
  const session = await world.login();
  return { endpoint, world, session, landing: world.bucket('landing'), out: world.bucket('out') };
}

test('files of every size are uploaded, read, overwritten, renamed and removed', async (t) => {
  const { endpoint, session, landing } = await openRemote(t);
  for (const [name, content] of [
    ['empty', Buffer.alloc(0)],
    ['small ü', Buffer.from('hello')],
    ['large', LARGE],
  ] as const) {
    await session.put(name, 'to be written over');
    await session.put(name, content);
    assert.equal((await session.stat(name)).size, content.length, name);
    assert.equal(md5(await session.get(name)), md5(content), name);
    await session.rename(name, `renamed ${name}`);
    await session.put('other', 'x');
    await assert.rejects(session.rename('other', `renamed ${name}`));
    assert.equal((await landing.head({ key: `renamed ${name}` }))?.size, content.length, name);
    assert.deepEqual(await session.list('.'), ['other', `renamed ${name}`]);
    await session.remove(`renamed ${name}`);
  }
  assert.deepEqual([await keys(landing), await endpoint.openUploads()], [['other'], 0]);
});

test('directories are made, listed, renamed and removed', async (t) => {
  const { session, landing } = await openRemote(t);
  await session.makeDirectory('in');
  await session.makeDirectory('in/empty');
  await session.put('in/a', 'x');
  await put(landing, 'in/implied/b', 'y');
  assert.deepEqual(await session.list('in'), ['a', 'empty', 'implied']);
  assert.equal((await session.stat('in/implied')).isDirectory(), true);
  await session.rename('in', 'done');
  assert.deepEqual(await keys(landing), ['done/', 'done/a', 'done/empty/', 'done/implied/b']);
  await assert.rejects(session.removeDirectory('done'));
  await session.removeDirectory('done/empty');
  assert.deepEqual(await session.list('done'), ['a', 'implied']);
});

test('an upload that breaks off is kept as far as it came, and no parts are left', async (t) => {
  const { endpoint, world, session, landing } = await openRemote(t);
  const id = await world.use([tag({ a: 'b' })], { on: 'OnPartialUpload' });
  const uploading = await world.login();
  const handle = await uploading.open('large', 'w');
  await uploading.write(handle, LARGE);
  uploading.vanish();
  assert.equal((await world.outcome(id)).Status, 'COMPLETED');
  assert.equal(md5(await getBytes(landing, 'large')), md5(LARGE));
  const gapped = await session.open('gap', 'w');
  await session.write(gapped, LARGE);
  await session.write(gapped, Buffer.from('far behind'), LARGE.length + 1000);
  await assert.rejects(session.close(gapped));
  assert.deepEqual([await keys(landing), await endpoint.openUploads()], [['large'], 0]);
});

test('an exclusive upload that is overtaken does not replace, whatever its size', async (t) => {
  const { endpoint, world, session, landing } = await openRemote(t);
  const other = await world.login();
  for (const content of [Buffer.from('hello'), LARGE]) {
    const handle = await session.open('taken', 'wx');
    await session.write(handle, content);
    await other.put('taken', 'first');
    await assert.rejects(session.close(handle));
    assert.equal(await get(landing, 'taken'), 'first');
    await other.remove('taken');
  }
  assert.equal(await endpoint.openUploads(), 0);
});

test('every step works on small and large files', async (t) => {
  const { endpoint, world, session, landing, out } = await openRemote(t);
  const pair = await newPgpKey('ecc');
  const secret = { PGPPrivateKey: pair.privateKey };
  const Name = `aws/transfer/${world.sftp.id}/@pgp-default`;
  await world.secrets.createSecret({ Name, SecretString: JSON.stringify(secret) });
  const steps = [tag({ 'a b': 'c+d' }), copy('kept/'), decrypt('plain/'), remove('original')];
  const id = await world.use(steps);
  for (const [at, content] of [randomBytes(1000), randomBytes(12 << 20)].entries()) {
    const message = await encryptFor(pair, content);
    await session.put(`${at}.gpg`, message);
    const outcome = outcomeOf((await world.ended(id, 2 * at + 1)).at(-1));
    assert.deepEqual(brief(outcome.Steps), ['TAG', 'COPY', 'DECRYPT', 'DELETE'], JSON.stringify(outcome));
    assert.equal(md5(await getBytes(out, `kept/${at}.gpg`)), md5(message));
    assert.deepEqual(await out.getTags({ key: `kept/${at}.gpg` }), [{ Key: 'a b', Value: 'c+d' }]);
    assert.equal(md5(await getBytes(out, `plain/${at}`)), md5(content));
    await session.put(`${at}.gpg`, message);
    const again = outcomeOf((await world.ended(id, 2 * at + 2)).at(-1));
    assert.deepEqual(brief(again.Steps), ['TAG', 'COPY ALREADY_EXISTS']);
    await session.remove(`${at}.gpg`);
  }
  assert.deepEqual([await keys(landing), await endpoint.openUploads()], [[], 0]);
});
