import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { keys } from '../../support/objects.ts';
import { encryptFor, newPgpKey, type PgpKeyPair } from '../../support/pgp-keys.ts';
import { brief, outcomeOf, SftpWorld } from '../../support/sftp-world.ts';
import { decrypt } from '../../support/workflow-steps.ts';

const PASSPHRASE = 'sesame of the tests';
const DECRYPTED = { Status: 'COMPLETED', Steps: [{ StepType: 'DECRYPT', Outputs: '{}' }] };

let rsa: PgpKeyPair;
let others: readonly [PgpKeyPair, PgpKeyPair];

before(async () => {
  const [first, ...rest] = await Promise.all([
    newPgpKey('rsa', PASSPHRASE),
    newPgpKey('ecc'),
    newPgpKey('ecc'),
  ]);
  rsa = first;
  others = rest;
});

/** A world whose server decrypts what `alice` uploads. */
async function openDecrypting(t: TestContext) {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const id = await world.use([decrypt('plain/')]);
  const session = await world.login();
  const secretOf = (owner: string): string => `aws/transfer/${world.sftp.id}/${owner}`;
  const keep = (owner: string, secret: object) =>
    world.secrets.createSecret({ Name: secretOf(owner), SecretString: JSON.stringify(secret) });
  const forget = (owner: string) =>
    world.secrets.deleteSecret({ SecretId: secretOf(owner), ForceDeleteWithoutRecovery: true });
  return { world, id, session, keep, forget };
}

/** Names that appear in the folder of decrypted files, now or later. */
function watchPlain(t: TestContext, { data }: SftpWorld): Set<string> {
  const folder = join(data, 'buckets/out/plain');
  mkdirSync(folder);
  const seen = new Set<string>();
  const watcher = watch(folder, (_change, name) => void seen.add(String(name)));
  t.after(() => watcher.close());
  return seen;
}

test('15: DECRYPT by the default key of the server', async (t) => {
  const { world, id, session, keep } = await openDecrypting(t);
  await keep('@pgp-default', { PGPPrivateKey: rsa.privateKey, PGPPassphrase: PASSPHRASE });
  const seen = watchPlain(t, world);
  const content = randomBytes(300_000);
  await session.put('a.txt.gpg', await encryptFor(rsa, content));
  assert.deepEqual(await world.outcome(id), DECRYPTED);
  assert.deepEqual(readFileSync(join(world.data, 'buckets/out/plain/a.txt')), content);
  assert.deepEqual(await keys(world.bucket('out')), ['plain/a.txt']);
  assert.deepEqual([...seen], ['a.txt']);
});

test('16: one flipped byte, and nothing of the content is ever to be seen', async (t) => {
  const { world, id, session, keep } = await openDecrypting(t);
  await keep('@pgp-default', { PGPPrivateKey: rsa.privateKey, PGPPassphrase: PASSPHRASE });
  const seen = watchPlain(t, world);
  const message = await encryptFor(rsa, randomBytes(20 << 20));
  const place = Math.floor(message.length * 0.9);
  message[place] = (message[place] ?? 0) ^ 1;
  await session.put('a.txt.gpg', message);
  const { Status, Steps } = await world.outcome(id);
  assert.equal(Status, 'EXCEPTION');
  assert.deepEqual(brief(Steps), ['DECRYPT BAD_REQUEST']);
  assert.deepEqual([...seen], []);
  assert.deepEqual(await keys(world.bucket('out')), ['plain/']);
});

test('17: the third key of the user’s own secret; without any secret there is no key', async (t) => {
  const { world, id, session, keep, forget } = await openDecrypting(t);
  const [second, third] = others;
  await keep('alice', {
    PGPPrivateKey: rsa.privateKey,
    PGPPassphrase: PASSPHRASE,
    PGPPrivateKey2: second.privateKey,
    PGPPrivateKey3: third.privateKey,
  });
  const message = await encryptFor(third, Buffer.from('for the third'));
  await session.put('a.txt.gpg', message);
  assert.deepEqual(await world.outcome(id), DECRYPTED);
  assert.equal(readFileSync(join(world.data, 'buckets/out/plain/a.txt'), 'utf8'), 'for the third');
  await forget('alice');
  await session.put('b.txt.gpg', message);
  const [, without] = (await world.ended(id, 2)).map(outcomeOf);
  assert.equal(without?.Status, 'EXCEPTION');
  assert.deepEqual(brief(without?.Steps), ['DECRYPT NOT_FOUND']);
});
