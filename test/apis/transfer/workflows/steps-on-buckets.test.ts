import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import { DirectoryBucket } from '../../../../src/files/backends/local/directory-bucket.ts';
import { S3Bucket } from '../../../../src/files/backends/s3/s3-bucket.ts';
import type { Bucket, Tag } from '../../../../src/files/bucket.ts';
import { makeDirectory } from '../../../../src/lib/make-directory.ts';
import { MemoryBucket } from '../../../support/memory-bucket.ts';
import { get, put } from '../../../support/objects.ts';
import { TestWorkflows } from '../../../support/open-workflows.ts';
import { openEndpoint } from '../../../support/s3/open-endpoint.ts';
import { makeTemporaryDirectory } from '../../../support/temporary-directory.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, remove, tag } from '../../../support/workflow-steps.ts';
import { brief, ended } from './steps.ts';

const NAMES = ['in', 'out', 'inbox'] as const;

type Buckets = Map<string, Bucket>;
type WithBuckets = (run: (buckets: Buckets) => Promise<void>) => Promise<void>;

const inDirectory: WithBuckets = async (run) => {
  const { path, remove: clean } = await makeTemporaryDirectory();
  const made = NAMES.map((name) => {
    const directory = join(path, name);
    makeDirectory(directory);
    return new DirectoryBucket({ name, region: 'us-east-1', directory });
  });
  try {
    await run(new Map(made.map((bucket) => [bucket.name, bucket])));
  } finally {
    for (const bucket of made) bucket.close();
    await clean();
  }
};

const atEndpoint: WithBuckets = async (run) => {
  const endpoint = await openEndpoint([...NAMES]);
  const known = { region: 'us-east-1', versioning: false, newId: randomUUID, now: () => 1_700_000_000_000 };
  const buckets = NAMES.map((name) => new S3Bucket({ ...endpoint.place(name), ...known, name }));
  try {
    await run(new Map(buckets.map((bucket) => [bucket.name, bucket])));
  } finally {
    for (const bucket of buckets) await bucket.close();
    await endpoint.close();
  }
};

const backends: Readonly<Record<string, WithBuckets>> = {
  memory: (run) => run(new Map(NAMES.map((name) => [name, new MemoryBucket(name)]))),
  directory: inDirectory,
  S3: atEndpoint,
  'a directory and S3': (run) =>
    inDirectory((directories) =>
      atEndpoint((others) => run(new Map([...directories, ['out', others.get('out') as Bucket]]))),
    ),
};

for (const [name, withBuckets] of Object.entries(backends)) {
  describe(`steps on buckets: ${name}`, () => {
    const on = (title: string, run: (workflows: TestWorkflows, buckets: Buckets) => Promise<void>) =>
      test(title, () => withBuckets(async (buckets) => run(await TestWorkflows.open({ buckets }), buckets)));
    const run = async (workflows: TestWorkflows, steps: readonly WorkflowStep[], bucket = 'in') => {
      const id = await workflows.use(steps);
      return ended(workflows, id, await workflows.upload('sub/a.txt', { bucket }));
    };
    const out = (buckets: Buckets): Bucket => buckets.get('out') as Bucket;
    const inbox = (buckets: Buckets): Bucket => buckets.get('in') as Bucket;

    on('COPY keeps the name in a folder, and in the root', async (workflows, buckets) => {
      assert.deepEqual(brief((await run(workflows, [copy('x/'), copy('')])).Steps), ['COPY', 'COPY']);
      assert.equal(await get(out(buckets), 'x/a.txt'), 'hello');
      assert.equal(await get(out(buckets), 'a.txt'), 'hello');
    });

    on('COPY takes tags along, and TAG adds to them', async (workflows, buckets) => {
      const steps = [tag({ a: '1', b: '1' }), tag({ b: '2', c: '3' }), copy('x/')];
      assert.equal((await run(workflows, steps)).Status, 'COMPLETED');
      const expected = { a: '1', b: '2', c: '3' };
      for (const [bucket, key] of [
        [inbox(buckets), 'sub/a.txt'],
        [out(buckets), 'x/a.txt'],
      ] as const) {
        assert.deepEqual(asObject(await bucket.getTags({ key })), expected);
      }
    });

    on('TAG refuses an eleventh tag', async (workflows) => {
      const numbers = (from: number) =>
        Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`k${from + i}`, 'v']));
      assert.deepEqual(brief((await run(workflows, [tag(numbers(0)), tag(numbers(6))])).Steps), [
        'TAG',
        'TAG BAD_REQUEST',
      ]);
    });

    on('COPY onto itself', async (workflows) => {
      assert.deepEqual(brief((await run(workflows, [copy('inbox:sub/')], 'inbox')).Steps), [
        'COPY ALREADY_EXISTS',
      ]);
      const over = copy('inbox:sub/a.txt', undefined, { overwrite: true });
      assert.deepEqual(brief((await run(workflows, [over], 'inbox')).Steps), ['COPY BAD_REQUEST']);
    });

    on('COPY to a name that is taken, and over it', async (workflows, buckets) => {
      await put(out(buckets), 'x/a.txt', 'other');
      assert.deepEqual(brief((await run(workflows, [copy('x/')])).Steps), ['COPY ALREADY_EXISTS']);
      assert.equal(await get(out(buckets), 'x/a.txt'), 'other');
      const over = copy('x/', undefined, { overwrite: true });
      assert.deepEqual(brief((await run(workflows, [over])).Steps), ['COPY']);
      assert.equal(await get(out(buckets), 'x/a.txt'), 'hello');
    });

    on('two at once to one name: one wins', async (workflows, buckets) => {
      const id = await workflows.use([copy('fixed')]);
      const executions = [await workflows.upload('1'), await workflows.upload('2')];
      const outcomes = await Promise.all(executions.map((execution) => ended(workflows, id, execution)));
      assert.deepEqual(outcomes.flatMap(({ Steps }) => brief(Steps)).sort(), ['COPY', 'COPY ALREADY_EXISTS']);
      assert.equal(await get(out(buckets), 'fixed'), 'hello');
    });

    on('a file that was written over meanwhile is not the file', async (workflows, buckets) => {
      for (const step of [copy('x/'), tag({ a: '1' }), remove()]) {
        const id = await workflows.use([custom(), step]);
        const execution = await workflows.upload('a.txt');
        await settle();
        await put(inbox(buckets), 'a.txt', `not ${step.Type}`);
        const call = workflows.calls.at(-1);
        assert.ok(call);
        await workflows.answer(call, 'SUCCESS');
        const { Steps } = await ended(workflows, id, execution);
        assert.deepEqual(brief(Steps), ['CUSTOM', `${step.Type} NOT_FOUND`]);
        assert.match(Steps?.[1]?.Error?.Message ?? '', /^ETag constraint not met/);
        assert.equal(await get(inbox(buckets), 'a.txt'), `not ${step.Type}`);
      }
    });

    on('DELETE of what is not there is fine; TAG and COPY of it are not', async (workflows) => {
      assert.deepEqual(brief((await run(workflows, [remove(), remove(), tag({ a: '1' })])).Steps), [
        'DELETE',
        'DELETE',
        'TAG NOT_FOUND',
      ]);
      assert.deepEqual(brief((await run(workflows, [remove(), copy('x/')])).Steps), [
        'DELETE',
        'COPY NOT_FOUND',
      ]);
    });

    on('a COPY that is done again after a crash accepts its own', async (workflows, buckets) => {
      const target = out(buckets);
      const done = Promise.withResolvers<void>();
      const copyNow = target.copy;
      target.copy = async (...given) => {
        await copyNow.apply(target, given);
        done.resolve();
        return new Promise(() => {});
      };
      const id = await workflows.use([copy('x/')]);
      const execution = await workflows.upload('a.txt');
      await done.promise;
      target.copy = copyNow;
      const after = await workflows.crash();
      assert.deepEqual(brief((await ended(after, id, execution)).Steps), ['COPY']);
      assert.equal(await get(target, 'x/a.txt'), 'hello');
    });

    on('a bucket that is not there', async (workflows) => {
      assert.deepEqual(brief((await run(workflows, [copy('nowhere:x/')])).Steps), ['COPY NOT_FOUND']);
    });

    on('a file system is another kind of storage', async (workflows) => {
      const { Steps } = await run(workflows, [copyFile('fs-11111111', '/x/')]);
      assert.deepEqual(brief(Steps), ['COPY BAD_REQUEST']);
    });
  });
}

const asObject = (tags: readonly Tag[]) => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

test('a bucket in another Region', async () => {
  const workflows = await TestWorkflows.open();
  workflows.parts.buckets.set('out', new MemoryBucket('out', { region: 'eu-west-1' }));
  const id = await workflows.use([copy('x/')]);
  const { Steps } = await workflows.run(id, 'a.txt');
  assert.deepEqual(brief(Steps), ['COPY BAD_REQUEST']);
  assert.match(Steps?.[0]?.Error?.Message ?? '', /^Bad Request \(Service: Amazon S3; Status Code: 400;/);
});
