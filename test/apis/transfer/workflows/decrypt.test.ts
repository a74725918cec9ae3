import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { get } from '../../../support/objects.ts';
import { type Outcome, ROLE, SERVER, TestWorkflows } from '../../../support/open-workflows.ts';
import { encryptFor, newPgpKey, type PgpKeyPair } from '../../../support/pgp-keys.ts';
import { decrypt } from '../../../support/workflow-steps.ts';
import { brief } from './steps.ts';

const PASSPHRASE = 'sesame';
const DEFAULT_SECRET = `aws/transfer/${SERVER}/@pgp-default`;
const USER_SECRET = `aws/transfer/${SERVER}/alice`;

describe('DECRYPT', () => {
  let rsa: PgpKeyPair;
  let plainKey: PgpKeyPair;
  let other: PgpKeyPair;
  let message: Uint8Array;
  const content = Buffer.from('an invoice');

  before(async () => {
    [rsa, plainKey, other] = await Promise.all([
      newPgpKey('rsa', PASSPHRASE),
      newPgpKey('ecc'),
      newPgpKey('ecc'),
    ]);
    message = await encryptFor(rsa, content);
  });

  const open = async (secrets: Readonly<Record<string, object | string>>) =>
    TestWorkflows.open({
      secrets: new Map(
        Object.entries(secrets).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    });
  const withDefault = () =>
    open({ [DEFAULT_SECRET]: { PGPPrivateKey: rsa.privateKey, PGPPassphrase: PASSPHRASE } });

  /** Decrypting is done by a thread, which takes its time. */
  const run = async (workflows: TestWorkflows, sent = message, key = 'a.txt.gpg'): Promise<Outcome> => {
    const id = await workflows.use([decrypt('plain/')]);
    const execution = await workflows.upload(key, { content: sent });
    for (;;) {
      const outcome = await workflows.outcome(id, execution);
      if (outcome.Status !== 'IN_PROGRESS') return outcome;
    }
  };

  test('15: with the default key of the server', async () => {
    const workflows = await withDefault();
    assert.deepEqual(await run(workflows), {
      Status: 'COMPLETED',
      Steps: [{ StepType: 'DECRYPT', Outputs: '{}' }],
    });
    assert.deepEqual(workflows.bucket('out').keys, ['plain/a.txt']);
    assert.equal(await get(workflows.bucket('out'), 'plain/a.txt'), 'an invoice');
    const { metadata } = (await workflows.bucket('out').head({ key: 'plain/a.txt' })) ?? {};
    assert.deepEqual(metadata, { 'user-agent': 'AWSTransfer', 'user-agent-id': `alice@${SERVER}` });
  });

  test('what was decrypted before a crash stands, though its key has gone since', async () => {
    const before = await withDefault();
    const id = await before.use([decrypt('plain/')]);
    before.bucket('out').after = () => new Promise(() => {});
    const execution = await before.upload('a.txt.gpg', { content: message });
    while (before.bucket('out').keys.length === 0) await before.outcome(id, execution);
    before.bucket('out').after = () => undefined;
    before.parts.secrets.clear();
    const after = await before.crash();
    let outcome = await after.outcome(id, execution);
    while (outcome.Status === 'IN_PROGRESS') outcome = await after.outcome(id, execution);
    assert.deepEqual(outcome, { Status: 'COMPLETED', Steps: [{ StepType: 'DECRYPT', Outputs: '{}' }] });
    assert.deepEqual(after.bucket('out').keys, ['plain/a.txt']);
  });

  test('16: one flipped byte, and nothing is ever published', async () => {
    const workflows = await withDefault();
    const large = await encryptFor(rsa, randomBytes(4 << 20));
    const place = Math.floor(large.length * 0.9);
    large[place] = (large[place] as number) ^ 1;
    const verbs: string[] = [];
    workflows.bucket('out').before = (verb) => void verbs.push(verb);
    const { Status, Steps } = await run(workflows, large);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['DECRYPT BAD_REQUEST']);
    assert.deepEqual(verbs, ['create', 'head']);
    assert.equal(workflows.bucket('out').uploads, 0, 'what was begun is taken back');
  });

  test('17: the third key of the user, and none at all', async () => {
    const keys = {
      PGPPrivateKey: other.privateKey,
      PGPPrivateKey2: plainKey.privateKey,
      PGPPrivateKey3: rsa.privateKey,
      PGPPassphrase3: PASSPHRASE,
    };
    const workflows = await open({ [USER_SECRET]: keys });
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT']);
    workflows.parts.secrets.delete(USER_SECRET);
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT NOT_FOUND']);
  });

  test('the secret of the user stands instead of the default one', async () => {
    const workflows = await open({
      [USER_SECRET]: { PGPPrivateKey: other.privateKey },
      [DEFAULT_SECRET]: { PGPPrivateKey: rsa.privateKey, PGPPassphrase: PASSPHRASE },
    });
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT NOT_FOUND']);
  });

  test('names lose one ending, whatever its case', async () => {
    const names = {
      'b.PGP': 'b',
      'c.txt.asc': 'c.txt',
      'd.gpg.gpg': 'd.gpg',
      'e.bin': 'e.bin',
      '.gpg': '.gpg',
    };
    for (const [key, name] of Object.entries(names)) {
      const workflows = await withDefault();
      assert.equal((await run(workflows, message, key)).Status, 'COMPLETED');
      assert.deepEqual(workflows.bucket('out').keys, [`plain/${name}`]);
    }
  });

  test('a name that is taken', async () => {
    const workflows = await withDefault();
    workflows.bucket('out').put('plain/a.txt', 'other');
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT ALREADY_EXISTS']);
    assert.equal(workflows.bucket('out').text('plain/a.txt'), 'other');
    assert.equal(workflows.bucket('out').uploads, 0);
  });

  for (const [what, secret] of [
    ['a wrong passphrase', () => ({ PGPPrivateKey: rsa.privateKey, PGPPassphrase: 'wrong' })],
    ['a secret that is no JSON', () => 'PGPPrivateKey'],
    ['a secret that is no object', () => '"PGPPrivateKey"'],
  ] as const) {
    test(`${what} is BAD_REQUEST, and the message holds nothing secret`, async () => {
      const workflows = await open({ [DEFAULT_SECRET]: secret() });
      const { Steps } = await run(workflows);
      assert.deepEqual(brief(Steps), ['DECRYPT BAD_REQUEST']);
      assert.doesNotMatch(Steps?.[0]?.Error?.Message ?? '', /wrong|PGPPrivateKey"|BEGIN/);
    });
  }

  test('a secret without a key is as none', async () => {
    const workflows = await open({ [DEFAULT_SECRET]: { PGPPassphrase: PASSPHRASE } });
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT NOT_FOUND']);
  });

  test('what is no message', async () => {
    const workflows = await withDefault();
    assert.deepEqual(brief((await run(workflows, Buffer.from('hello there'))).Steps), [
      'DECRYPT BAD_REQUEST',
    ]);
  });

  test('more than may come of one file', async () => {
    const workflows = await TestWorkflows.open({
      limits: { 'transfer.decryptedBytes': content.length - 1 },
      secrets: new Map([
        [DEFAULT_SECRET, JSON.stringify({ PGPPrivateKey: rsa.privateKey, PGPPassphrase: PASSPHRASE })],
      ]),
    });
    assert.deepEqual(brief((await run(workflows)).Steps), ['DECRYPT BAD_REQUEST']);
    assert.equal(workflows.bucket('out').uploads, 0);
  });

  test('a role that may not read the secret', async () => {
    const workflows = await withDefault();
    const asked: string[] = [];
    workflows.parts.roles.set(ROLE, ({ action, resource }) => {
      if (action === 'secretsmanager:GetSecretValue') asked.push(resource);
      return action !== 'secretsmanager:GetSecretValue';
    });
    const { Steps } = await run(workflows);
    assert.deepEqual(brief(Steps), ['DECRYPT PERMISSION_DENIED']);
    assert.deepEqual(asked, [`arn:of:${DEFAULT_SECRET}`]);
    assert.equal(workflows.bucket('out').uploads, 0);
  });

  test('a crash between the publication and its record', async () => {
    const workflows = await withDefault();
    const id = await workflows.use([decrypt('plain/')]);
    const isThere = Promise.withResolvers<void>();
    workflows.bucket('out').after = () => {
      isThere.resolve();
      return new Promise(() => {});
    };
    const execution = await workflows.upload('a.txt.gpg', { content: message });
    await isThere.promise;
    workflows.bucket('out').after = () => undefined;
    const after = await workflows.crash();
    for (;;) {
      const { Status, Steps } = await after.outcome(id, execution);
      if (Status === 'IN_PROGRESS') continue;
      assert.deepEqual(brief(Steps), ['DECRYPT']);
      break;
    }
    assert.deepEqual(after.bucket('out').keys, ['plain/a.txt']);
    assert.equal(after.bucket('out').uploads, 0);
  });
});
