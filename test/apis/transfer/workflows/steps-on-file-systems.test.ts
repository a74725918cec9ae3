import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import { PosixFileSystem } from '../../../../src/files/backends/posix/posix-file-system.ts';
import type { FileSystem } from '../../../../src/files/file-system.ts';
import { makeDirectory } from '../../../../src/lib/make-directory.ts';
import { MemoryFileSystem } from '../../../support/memory-file-system.ts';
import { TestWorkflows } from '../../../support/open-workflows.ts';
import { makeTemporaryDirectory } from '../../../support/temporary-directory.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, remove, tag } from '../../../support/workflow-steps.ts';
import { brief, ended } from './steps.ts';

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
