import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ExecutionStepResult, WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import { DirectoryBucket } from '../../../../src/files/backends/local/directory-bucket.ts';
import { PosixFileSystem } from '../../../../src/files/backends/posix/posix-file-system.ts';
import { S3Bucket } from '../../../../src/files/backends/s3/s3-bucket.ts';
import type { Bucket, Tag } from '../../../../src/files/bucket.ts';
import type { FileSystem } from '../../../../src/files/file-system.ts';
import type { FilesReason } from '../../../../src/files/files-error.ts';
import { makeDirectory } from '../../../../src/lib/make-directory.ts';
import { failing, MemoryBucket } from '../../../support/memory-bucket.ts';
import { MemoryFileSystem } from '../../../support/memory-file-system.ts';
import { get, put } from '../../../support/objects.ts';
import { ROLE, TestWorkflows } from '../../../support/open-workflows.ts';
import { openEndpoint } from '../../../support/s3/open-endpoint.ts';
import { makeTemporaryDirectory } from '../../../support/temporary-directory.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, remove, tag } from '../../../support/workflow-steps.ts';

const brief = (steps: readonly ExecutionStepResult[] = []) =>
  steps.map(({ StepType, Error: error }) => (error ? `${StepType} ${error.Type}` : StepType));

/** Waits for an end, as real files take their time. */
async function ended(workflows: TestWorkflows, id: string, execution: string | undefined) {
  for (;;) {
    const outcome = await workflows.outcome(id, execution);
    if (outcome.Status !== 'IN_PROGRESS' && outcome.Status !== 'HANDLING_EXCEPTION') return outcome;
  }
}

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

const posixSystems = async (run: (fileSystems: Map<string, FileSystem>) => Promise<void>) => {
  const { path, remove: clean } = await makeTemporaryDirectory();
  const made = ['fs-11111111', 'fs-22222222'].map((id) => {
    const directory = join(path, id);
    makeDirectory(directory);
    chmodSync(directory, 0o777);
    return new PosixFileSystem({ id, directory });
  });
  try {
    await run(new Map(made.map((fileSystem) => [fileSystem.id, fileSystem])));
  } finally {
    for (const fileSystem of made) fileSystem.close();
    await clean();
  }
};

const memorySystems: typeof posixSystems = (run) =>
  run(new Map(['fs-11111111', 'fs-22222222'].map((id) => [id, new MemoryFileSystem(id)])));

for (const [kind, withSystems] of Object.entries({ memory: memorySystems, directory: posixSystems })) {
  describe(`steps on file systems: ${kind}`, () => {
    const user = { uid: 1001, gid: 1002, secondaryGids: [7] };
    const on = (title: string, run: (workflows: TestWorkflows) => Promise<void>) =>
      test(title, () => withSystems(async (fileSystems) => run(await TestWorkflows.open({ fileSystems }))));
    const read = async (workflows: TestWorkflows, id: string, path: string) => {
      const reader = await (workflows.fileSystem(id) as FileSystem).open(path, user);
      try {
        return Buffer.from(await reader.read(0, reader.stat.size)).toString();
      } finally {
        await reader.close();
      }
    };
    const run = async (
      workflows: TestWorkflows,
      steps: readonly WorkflowStep[],
      handlers?: WorkflowStep[],
    ) => {
      const id = await workflows.use(steps, handlers);
      return ended(workflows, id, await workflows.uploadFile('/home/a.txt'));
    };

    on('COPY within one and to another, in the name of the user', async (workflows) => {
      const { Steps } = await run(workflows, [
        copyFile('fs-11111111', '/x/'),
        copyFile('fs-22222222', `y/$\{Transfer:UserName}.txt`),
      ]);
      assert.deepEqual(brief(Steps), ['COPY', 'COPY']);
      assert.equal(await read(workflows, 'fs-11111111', '/x/a.txt'), 'hello');
      assert.equal(await read(workflows, 'fs-22222222', '/y/alice.txt'), 'hello');
      if (kind === 'directory' && process.getuid?.() !== 0) return;
      const { uid, gid } = await workflows.fileSystem('fs-22222222').as(user).stat('/y/alice.txt');
      assert.deepEqual([uid, gid], [1001, 1002]);
    });

    for (const target of ['fs-11111111', 'fs-22222222']) {
      on(`COPY to a name that is taken, and over it: ${target}`, async (workflows) => {
        const writer = await workflows.fileSystem(target).create('/x/a.txt', user);
        await writer.write(0, new Uint8Array(Buffer.from('other')));
        await writer.publish();
        assert.deepEqual(brief((await run(workflows, [copyFile(target, '/x/')])).Steps), [
          'COPY ALREADY_EXISTS',
        ]);
        assert.equal(await read(workflows, target, '/x/a.txt'), 'other');
        assert.deepEqual(brief((await run(workflows, [copyFile(target, '/x/', true)])).Steps), ['COPY']);
        assert.equal(await read(workflows, target, '/x/a.txt'), 'hello');
      });
    }

    on('COPY onto itself', async (workflows) => {
      for (const home of ['/home/', '/./x/..//home/']) {
        const itself = (overwrite: boolean) => [copyFile('fs-11111111', home, overwrite)];
        assert.deepEqual(brief((await run(workflows, itself(false))).Steps), ['COPY ALREADY_EXISTS']);
        assert.deepEqual(brief((await run(workflows, itself(true))).Steps), ['COPY BAD_REQUEST']);
      }
    });

    on('a file system may be named by its ARN', async (workflows) => {
      const arn = 'arn:aws:elasticfilesystem:us-east-1:000000000000:file-system/fs-11111111';
      assert.deepEqual(brief((await run(workflows, [copyFile(arn, '/home/', true)])).Steps), [
        'COPY BAD_REQUEST',
      ]);
      await workflows.use([copyFile(arn, '/x/'), custom()]);
      await workflows.uploadFile('/home/a.txt');
      while (workflows.calls.length === 0) await settle();
      const [call] = workflows.calls;
      assert.deepEqual(call?.event.fileLocation, {
        domain: 'EFS',
        fileSystemId: 'fs-11111111',
        path: '/x/a.txt',
      });
    });

    on('DELETE, and of what is not there', async (workflows) => {
      const { Steps } = await run(workflows, [remove(), remove()]);
      assert.deepEqual(brief(Steps), ['DELETE', 'DELETE NOT_FOUND']);
    });

    on('COPY of what is not there', async (workflows) => {
      for (const target of ['fs-11111111', 'fs-22222222']) {
        const { Steps } = await run(workflows, [remove(), copyFile(target, '/x/')]);
        assert.deepEqual(brief(Steps), ['DELETE', 'COPY NOT_FOUND']);
      }
    });

    on('a bucket is another kind of storage, and has tags', async (workflows) => {
      const { Steps, OnExceptionSteps } = await run(workflows, [copy('x/')], [tag({ a: '1' })]);
      assert.deepEqual(brief(Steps), ['COPY BAD_REQUEST']);
      assert.deepEqual(OnExceptionSteps?.[0]?.Error, { Type: 'BAD_REQUEST', Message: 'Cannot tag Efs file' });
    });
  });
}

describe('faults of the storage', () => {
  const afterFaults = async (reason: FilesReason, times: number) => {
    const workflows = await TestWorkflows.open();
    workflows.bucket('out').before = failing(times, reason);
    const id = await workflows.use([copy('x/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.pass(1);
    await workflows.pass(5);
    return workflows.outcome(id, execution);
  };

  test('two that pass are got over', async () => {
    for (const reason of ['unavailable', 'throttled'] as const) {
      assert.deepEqual(brief((await afterFaults(reason, 2)).Steps), ['COPY']);
    }
  });

  const lasting: Readonly<Partial<Record<FilesReason, string>>> = {
    throttled: 'THROTTLED',
    unavailable: 'INTERNAL_SERVER_ERROR',
    'no-space': 'INTERNAL_SERVER_ERROR',
    denied: 'PERMISSION_DENIED',
    invalid: 'BAD_REQUEST',
    unsupported: 'BAD_REQUEST',
    'is-a-directory': 'BAD_REQUEST',
    'not-a-directory': 'BAD_REQUEST',
  };
  for (const [reason, type] of Object.entries(lasting)) {
    test(`${reason} that lasts is ${type}`, async () => {
      assert.deepEqual(brief((await afterFaults(reason as FilesReason, 3)).Steps), [`COPY ${type}`]);
    });
  }

  test('those that do not pass are not waited for', async () => {
    const workflows = await TestWorkflows.open();
    workflows.bucket('out').before = failing(1, 'denied');
    const id = await workflows.use([copy('x/')]);
    assert.deepEqual(brief((await workflows.run(id, 'a.txt')).Steps), ['COPY PERMISSION_DENIED']);
  });

  test('a step that takes too long times out, even if its storage never answers', async () => {
    const workflows = await TestWorkflows.open({ limits: { 'transfer.stepSeconds': 60 } });
    workflows.bucket('out').before = () => new Promise(() => {});
    const id = await workflows.use([copy('x/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.pass(59);
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.pass(1);
    assert.deepEqual(brief((await workflows.outcome(id, execution)).Steps), ['COPY TIMEOUT']);
  });
});

describe('what a role must allow', () => {
  const asked = async (steps: readonly WorkflowStep[], tags: readonly Tag[] = []) => {
    const workflows = await TestWorkflows.open();
    const questions: string[] = [];
    workflows.parts.roles.set(ROLE, ({ action, resource }) => {
      questions.push(`${action} ${resource.replace('arn:aws:s3:::', '')}`);
      return true;
    });
    const id = await workflows.use([custom(), ...steps]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.bucket('in').putTags({ key: 'a.txt' }, tags);
    const [call] = workflows.calls;
    assert.ok(call);
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
    return questions.slice(1);
  };

  test('for COPY', async () => {
    assert.deepEqual(await asked([copy('x/')]), [
      's3:GetObject in/a.txt',
      's3:PutObject out/x/a.txt',
      's3:ListBucket out',
    ]);
    assert.deepEqual(await asked([copy('x/', undefined, { overwrite: true })], [{ Key: 'k', Value: 'v' }]), [
      's3:GetObject in/a.txt',
      's3:PutObject out/x/a.txt',
      's3:GetObjectTagging in/a.txt',
      's3:PutObjectTagging out/x/a.txt',
    ]);
  });

  test('for TAG and DELETE', async () => {
    assert.deepEqual(await asked([tag({ a: '1' })]), ['s3:PutObjectTagging in/a.txt']);
    assert.deepEqual(await asked([remove()]), ['s3:DeleteObject in/a.txt']);
  });

  test('for file systems', async () => {
    const workflows = await TestWorkflows.open();
    workflows.parts.roles.set(ROLE, ({ action }) => action === 'elasticfilesystem:ClientMount');
    const id = await workflows.use([copyFile('fs-11111111', '/x/')], [remove()]);
    const outcome = await workflows.outcome(id, await workflows.uploadFile('/a.txt'));
    assert.match(
      outcome.Steps?.[0]?.Error?.Message ?? '',
      /does not allow elasticfilesystem:ClientWrite on arn:aws:elasticfilesystem:us-east-1:000000000000:file-system\/fs-11111111$/,
    );
    assert.deepEqual(brief(outcome.OnExceptionSteps), ['DELETE PERMISSION_DENIED']);
  });
});

test('thousands of uploads do not run all at once', async () => {
  const workflows = await TestWorkflows.open({ limits: { 'transfer.concurrentSteps': 3 } });
  let running = 0;
  let most = 0;
  workflows.bucket('out').before = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const id = await workflows.use([copy('x/')]);
  const uploads = Array.from({ length: 1000 }, (_, i) => workflows.upload(`${i}.txt`));
  const executions = await Promise.all(uploads);
  for (const execution of executions) {
    assert.equal((await ended(workflows, id, execution)).Status, 'COMPLETED');
  }
  assert.equal(most, 3);
  assert.equal(workflows.bucket('out').keys.length, 1000);
});
