import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import { openMemoryStore } from '../../../../src/stores/memory/memory-store.ts';
import { openDatabase, openSqlStore } from '../../../../src/stores/sql/sqlite.ts';
import { ROLE, TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, remove, tag } from '../../../support/workflow-steps.ts';
import { brief } from './steps.ts';

const stores = {
  memory: async () => openMemoryStore(),
  sqlite: () => openSqlStore(openDatabase(':memory:'), { name: 'a test' }),
};

const never = (): Promise<never> => new Promise(() => {});
for (const [name, openStore] of Object.entries(stores)) {
  describe(`with the ${name} store`, () => {
    test('a step that waits for its answer goes on waiting, with its token and its time', async () => {
      const before = await TestWorkflows.open({ store: await openStore() });
      const id = await before.use([custom(10), copy('x/')]);
      const execution = await before.upload('a.txt');
      await settle();
      const [call] = before.calls;
      assert.ok(call);
      call.end();
      await settle();
      await before.pass(4);
      const after = await before.crash();
      await settle();
      assert.equal(after.calls.length, 0, 'a function that is done is not called again');
      assert.equal((await after.outcome(id, execution)).Status, 'IN_PROGRESS');
      await after.answer(call, 'SUCCESS');
      assert.equal((await after.outcome(id, execution)).Status, 'COMPLETED');
    });

    test('a step that waits times out at the time it was due', async () => {
      const before = await TestWorkflows.open({ store: await openStore() });
      const id = await before.use([custom(10)]);
      const execution = await before.upload('a.txt');
      await settle();
      await before.pass(4);
      const after = await before.crash();
      await settle();
      assert.equal(after.calls.length, 1, 'a function that was at work is called again');
      assert.equal(after.calls[0]?.event.token, before.calls[0]?.event.token);
      assert.equal(
        after.calls[0]?.options.context.idempotencyKey,
        before.calls[0]?.options.context.idempotencyKey,
      );
      await after.pass(5);
      assert.equal((await after.outcome(id, execution)).Status, 'IN_PROGRESS');
      await after.pass(1);
      assert.deepEqual(brief((await after.outcome(id, execution)).Steps), ['CUSTOM TIMEOUT']);
    });

    test('a time that was up while nothing ran is up at once', async () => {
      const before = await TestWorkflows.open({ store: await openStore() });
      const id = await before.use([custom(10)]);
      const execution = await before.upload('a.txt');
      await settle();
      before.parts.clock.jump(before.parts.clock.now() + 60_000);
      const after = await before.crash();
      assert.deepEqual(brief((await after.outcome(id, execution)).Steps), ['CUSTOM TIMEOUT']);
    });
  });
}

interface Case {
  readonly step: WorkflowStep;
  /** Holds up the step when its effect is there and nobody has heard of it. */
  readonly hold: (workflows: TestWorkflows) => void;
  readonly isFile?: boolean;
  readonly check: (workflows: TestWorkflows) => void;
}

const heldBucket = (name: string) => (workflows: TestWorkflows) => {
  workflows.bucket(name).after = never;
};

describe('a crash between a step and its record leaves the effect once, and COMPLETED', () => {
  const cases: Readonly<Record<string, Case>> = {
    COPY: {
      step: copy('x/'),
      hold: heldBucket('out'),
      check: (workflows) => {
        assert.deepEqual(workflows.bucket('out').keys, ['x/a.txt']);
        assert.equal(workflows.bucket('out').text('x/a.txt'), 'hello');
      },
    },
    'COPY that overwrites': {
      step: copy('x/', undefined, { overwrite: true }),
      hold: heldBucket('out'),
      check: (workflows) => assert.deepEqual(workflows.bucket('out').keys, ['x/a.txt']),
    },
    TAG: {
      step: tag({ a: '1' }),
      hold: (workflows) => {
        const bucket = workflows.bucket('in');
        const put = bucket.putTags.bind(bucket);
        bucket.putTags = async (...given) => {
          await put(...given);
          bucket.putTags = put;
          await never();
        };
      },
      check: (workflows) => assert.deepEqual(workflows.bucket('in').tags('a.txt'), { a: '1' }),
    },
    DELETE: {
      step: remove(),
      hold: (workflows) => {
        const bucket = workflows.bucket('in');
        const removed = bucket.remove.bind(bucket);
        bucket.remove = async (object) => {
          await removed(object);
          bucket.remove = removed;
          await never();
        };
      },
      check: (workflows) => assert.deepEqual(workflows.bucket('in').keys, []),
    },
    'DELETE of a file': {
      step: remove(),
      isFile: true,
      hold: (workflows) => {
        workflows.fileSystem('fs-11111111').before = (verb) => (verb === 'removed' ? never() : undefined);
      },
      check: (workflows) => assert.equal(workflows.fileSystem('fs-11111111').text('/a.txt'), undefined),
    },
    'COPY to another file system': {
      step: copyFile('fs-22222222', '/x/'),
      isFile: true,
      hold: (workflows) => {
        const target = workflows.fileSystem('fs-22222222');
        const create = target.create.bind(target);
        target.create = async (...given) => {
          const writer = await create(...given);
          target.create = create;
          return { ...writer, publish: async (options) => writer.publish(options).then(never) };
        };
      },
      check: (workflows) => assert.equal(workflows.fileSystem('fs-22222222').text('/x/a.txt'), 'hello'),
    },
  };

  for (const [name, { step, hold, isFile, check }] of Object.entries(cases)) {
    test(name, async () => {
      const before = await TestWorkflows.open();
      const id = await before.use([step]);
      hold(before);
      const execution = await (isFile ? before.uploadFile('/a.txt') : before.upload('a.txt'));
      assert.equal((await before.outcome(id, execution)).Status, 'IN_PROGRESS');
      check(before);
      const storage = [...before.parts.buckets.keys()].map((key) => before.bucket(key));
      for (const bucket of storage) bucket.after = () => undefined;
      before.fileSystem('fs-11111111').before = () => undefined;
      const after = await before.crash();
      assert.equal((await after.outcome(id, execution)).Status, 'COMPLETED');
      check(after);
    });
  }
});

interface Vanishing {
  readonly step: WorkflowStep;
  readonly isFile?: boolean;
  /** Holds up the step when its effect is there and nobody has heard of it. */
  readonly hold: (workflows: TestWorkflows) => void;
  readonly spoil: (workflows: TestWorkflows) => unknown;
}

const heldFile = (id: string) => (workflows: TestWorkflows) => {
  workflows.fileSystem(id).before = (verb, path) =>
    verb === 'published' && path.startsWith('/x/') ? never() : undefined;
};
const removeFile = (workflows: TestWorkflows) => workflows.fileSystem('fs-11111111').remove('/a.txt');

describe('what a step had published before a crash stands, though the step could not be done again', () => {
  const removed = (workflows: TestWorkflows) => workflows.bucket('in').remove({ key: 'a.txt' });
  const cases: Readonly<Record<string, Vanishing>> = {
    'the source of a COPY has gone': { step: copy('x/'), hold: heldBucket('out'), spoil: removed },
    'the source of a COPY is another by now': {
      step: copy('x/'),
      hold: heldBucket('out'),
      spoil: (workflows) => workflows.bucket('in').put('a.txt', 'of somebody else'),
    },
    'the source of a COPY that overwrites has gone': {
      step: copy('x/', undefined, { overwrite: true }),
      hold: heldBucket('out'),
      spoil: removed,
    },
    'the rights of a COPY have gone': {
      step: copy('x/'),
      hold: heldBucket('out'),
      spoil: (workflows) => workflows.parts.roles.set(ROLE, () => false),
    },
    'the source of a COPY of a file has gone': {
      step: copyFile('fs-11111111', '/x/'),
      isFile: true,
      hold: heldFile('fs-11111111'),
      spoil: removeFile,
    },
    'the source of a COPY to another file system has gone': {
      step: copyFile('fs-22222222', '/x/'),
      isFile: true,
      hold: heldFile('fs-22222222'),
      spoil: removeFile,
    },
  };
  for (const [name, { step, isFile, hold, spoil }] of Object.entries(cases)) {
    test(name, async () => {
      const before = await TestWorkflows.open();
      const id = await before.use([step, custom()]);
      hold(before);
      const execution = await (isFile ? before.uploadFile('/a.txt') : before.upload('a.txt'));
      await settle();
      for (const key of before.parts.buckets.keys()) before.bucket(key).after = () => undefined;
      for (const key of before.parts.fileSystems.keys()) before.fileSystem(key).before = () => undefined;
      await spoil(before);
      const after = await before.crash();
      await settle();
      assert.equal(brief((await after.outcome(id, execution)).Steps)[0], 'COPY');
    });
  }
});

test('a file that is not there fails a DELETE, whatever crashed before it began', async () => {
  const before = await TestWorkflows.open();
  const id = await before.use([custom(), remove()]);
  const execution = await before.uploadFile('/a.txt');
  await settle();
  const [call] = before.calls;
  assert.ok(call);
  await before.fileSystem('fs-11111111').remove('/a.txt');
  const after = await before.crash();
  await after.answer(call, 'SUCCESS');
  assert.deepEqual(brief((await after.outcome(id, execution)).Steps), ['CUSTOM', 'DELETE NOT_FOUND']);
});

test('another object under the name is not taken for what the step has made', async () => {
  const before = await TestWorkflows.open();
  const id = await before.use([copy('x/')]);
  before.bucket('out').before = never;
  const execution = await before.upload('a.txt');
  await settle();
  before.bucket('out').before = () => undefined;
  before.bucket('out').put('x/a.txt', 'of somebody else');
  const after = await before.crash();
  assert.deepEqual(brief((await after.outcome(id, execution)).Steps), ['COPY ALREADY_EXISTS']);
  assert.equal(after.bucket('out').text('x/a.txt'), 'of somebody else');
});

test('what was not written has not happened: the upload is told, and no execution is left', async () => {
  const workflows = await TestWorkflows.open();
  const id = await workflows.use([copy('x/')]);
  workflows.store.failNext(1);
  await assert.rejects(workflows.upload('a.txt'), { name: 'Unavailable' });
  await workflows.pass(10);
  assert.deepEqual(await workflows.request('ListExecutions', { WorkflowId: id }), {
    WorkflowId: id,
    Executions: [],
  });
  assert.deepEqual(workflows.bucket('out').keys, []);
});

test('a store that fails for a while fails no step', async () => {
  const workflows = await TestWorkflows.open();
  workflows.parts.roles.set(ROLE, () => true);
  const id = await workflows.use([custom(), copy('x/')]);
  const execution = await workflows.upload('a.txt');
  await settle();
  const [call] = workflows.calls;
  assert.ok(call);
  workflows.store.breakDown();
  await assert.rejects(workflows.answer(call, 'SUCCESS'), { name: 'Unavailable' });
  await workflows.pass(5);
  workflows.store.mend();
  for (let i = 0; i < 10; i++) await workflows.pass(2);
  await workflows.answer(call, 'SUCCESS');
  for (let i = 0; i < 5; i++) await workflows.pass(2);
  assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
});
