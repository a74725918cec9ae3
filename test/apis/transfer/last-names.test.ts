import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookUpServer } from '../../../src/apis/transfer/resources/servers.ts';
import { openHome } from '../../../src/apis/transfer/sessions/home-tree.ts';
import { LastNames } from '../../../src/apis/transfer/sessions/last-names.ts';
import { SessionLog } from '../../../src/apis/transfer/sessions/session-log.ts';
import type { Session } from '../../../src/apis/transfer/sessions/session-user.ts';
import type { FileTree, OpenFile } from '../../../src/files/file-tree.ts';
import { FilesError, PublicError } from '../../../src/files/files-error.ts';
import type { Written } from '../../../src/files/trees/written-file.ts';
import { Unavailable } from '../../../src/kernel/errors.ts';
import { createMemoryTree, type MemoryTree } from '../../support/memory-tree.ts';
import { ROLE, SERVER, TestWorkflows, WORLD } from '../../support/open-workflows.ts';
import { settle } from '../../support/toy-kernel.ts';
import { transferParts } from '../../support/transfer-parts.ts';
import { mode, upload } from '../../support/trees.ts';
import { remove } from '../../support/workflow-steps.ts';

interface World {
  /** As a client sees it. */
  readonly tree: FileTree;
  readonly memory: MemoryTree;
  /** What was handed on: how it was closed, its path and its size. */
  readonly arrived: string[];
  /** Thrown in place of the next things to be handed on. */
  readonly failures: Error[];
  /** How long was waited between tries. */
  readonly pauses: number[];
  /** A file of five bytes that is open for writing. */
  readonly open: (path: string) => Promise<OpenFile>;
}

/** A file system in memory whose clients have temporary names; waits are over at once. */
function openWorld(): World {
  const memory = createMemoryTree();
  const arrived: string[] = [];
  const failures: Error[] = [];
  const pauses: number[] = [];
  const at = (time: number, call: () => void): (() => void) => {
    pauses.push(time);
    setImmediate(call);
    return () => undefined;
  };
  const { settings, storage } = transferParts();
  const transfer = {
    storage,
    clock: { now: () => 0, at },
    settings: { ...settings, temporarySuffixes: ['.part', '.tmp'] },
  };
  const written: Written = async ({ how, size, location }) => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    assert.ok(location.kind === 'file-system' && location.fileSystemId === 'fs-1');
    arrived.push(`${how} ${location.path} ${size}`);
  };
  const storagePath = (path: string): string => `/fs-1/home${path}`;
  const lastNames = new LastNames({ transfer, domain: 'EFS', beginWriting: () => written, storagePath });
  const tree = lastNames.watch(handingOn(memory, lastNames));
  return { tree, memory, arrived, failures, pauses, open: (path) => openFile(tree, path) };
}

/** As a file system does, by the name under which a file was opened. */
const handingOn = (memory: MemoryTree, lastNames: LastNames): FileTree => ({
  ...memory,
  open: async (path, how) => {
    const file = await memory.open(path, how);
    const written = lastNames.beginWriting(path);
    const location = { kind: 'file-system', fileSystemId: 'fs-1', path: `/home${path}` } as const;
    return {
      ...file,
      close: async (end) => {
        const { size } = await file.stat();
        await file.close(end);
        await written({ how: end, size, location });
      },
    };
  },
});

async function openFile(tree: FileTree, path: string): Promise<OpenFile> {
  const file = await tree.open(path, mode('wct'));
  await file.write(0, Buffer.from('hello'));
  return file;
}

const rename = ({ tree }: World, from: string, to: string): Promise<void> =>
  tree.rename(from, to, { replace: true });

const unavailable = (): FilesError => new FilesError('unavailable', 'no answer from host 10.0.0.1');

test('what has its last name is handed on when it is closed, and when it is renamed after that', async () => {
  const world = openWorld();
  await (await world.open('/a.txt')).close('closed');
  await (await world.open('/b.part')).close('closed');
  assert.deepEqual(world.arrived, ['closed /home/a.txt 5']);
  await rename(world, '/b.part', '/b.tmp');
  assert.equal(world.arrived.length, 1);
  await rename(world, '/b.tmp', '/b');
  await rename(world, '/b', '/c');
  assert.deepEqual(world.arrived.slice(1), ['closed /home/b 5']);
});

test('what is still open is handed on once, when it is closed, by the name that it has then', async () => {
  const world = openWorld();
  const file = await world.open('/a.part');
  await world.tree.makeDirectory('/d', {});
  await rename(world, '/a.part', '/a');
  await rename(world, '/a', '/d/b');
  await rename(world, '/d', '/e');
  await file.write(5, Buffer.from(', world'));
  assert.deepEqual(world.arrived, []);
  await file.close('closed');
  assert.deepEqual(world.arrived, ['closed /home/e/b 12']);
});

test('what is left unclosed is a partial upload, by the name that it has then', async () => {
  const world = openWorld();
  const [kept, renamed, moved] = [
    await world.open('/a.part'),
    await world.open('/b.part'),
    await world.open('/c.part'),
  ];
  await rename(world, '/b.part', '/b');
  await rename(world, '/c.part', '/c.tmp');
  for (const file of [kept, renamed, moved]) await file.close('broken');
  assert.deepEqual(world.arrived, ['broken /home/a.part 5', 'broken /home/b 5', 'broken /home/c.tmp 5']);
});

test('a file that was renamed to another temporary name has not arrived', async () => {
  const world = openWorld();
  const file = await world.open('/a.part');
  await rename(world, '/a.part', '/a.tmp');
  await file.close('closed');
  assert.deepEqual(world.arrived, []);
  await rename(world, '/a.tmp', '/a');
  assert.deepEqual(world.arrived, ['closed /home/a 5']);
});

test('of what is open twice the last to be closed is handed on', async () => {
  const world = openWorld();
  const files = [await world.open('/a.part'), await world.open('/a.part')];
  await rename(world, '/a.part', '/a');
  for (const file of files) {
    assert.deepEqual(world.arrived, []);
    await file.close('closed');
  }
  assert.deepEqual(world.arrived, ['closed /home/a 5']);
});

test('what was removed, or replaced by another file, is not handed on when it is closed', async () => {
  const world = openWorld();
  const [removed, replaced] = [await world.open('/a.part'), await world.open('/b.part')];
  await rename(world, '/a.part', '/a');
  await world.tree.remove('/a');
  await rename(world, '/b.part', '/b');
  await (await world.open('/c.part')).close('closed');
  await rename(world, '/c.part', '/b');
  for (const file of [removed, replaced]) await file.close('closed');
  assert.deepEqual(world.arrived, ['closed /home/b 5']);
});

test('a name that is used again while the first file is still open is that of another file', async () => {
  const world = openWorld();
  const first = await world.open('/a.part');
  await rename(world, '/a.part', '/a');
  const second = await world.open('/a.part');
  await first.close('closed');
  await second.close('closed');
  assert.deepEqual(world.arrived, ['closed /home/a 5']);
  await rename(world, '/a.part', '/b');
  assert.deepEqual(world.arrived.slice(1), ['closed /home/b 5']);
});

test('of two files that were opened under one name, both left unclosed, each is a partial upload', async () => {
  const world = openWorld();
  const first = await world.open('/a.part');
  await rename(world, '/a.part', '/a');
  const second = await world.open('/a.part');
  await Promise.all([second, first].map((file) => file.close('broken')));
  assert.deepEqual(world.arrived.toSorted(), ['broken /home/a 5', 'broken /home/a.part 5']);
});

test('a file that was opened and left without a write is no upload', async () => {
  const world = openWorld();
  await (await world.open('/a.part')).close('closed');
  await (await world.tree.open('/a.part', mode('w'))).close('broken');
  assert.deepEqual(world.arrived, []);
});

test('what fails for a while on the way is tried again, and done once', async () => {
  const world = openWorld();
  await (await world.open('/a.part')).close('closed');
  let isFound = false;
  world.memory.before = (call) => {
    if (call !== 'lstat' || isFound) return undefined;
    isFound = true;
    return Promise.reject(unavailable());
  };
  world.failures.push(new Unavailable('The store could not write'));
  await rename(world, '/a.part', '/a');
  assert.deepEqual(world.arrived, ['closed /home/a 5']);
  assert.deepEqual(world.pauses, [1000, 5000]);
});

test('what goes on failing is told to the client without a place, and to the log with its reason', async () => {
  const world = openWorld();
  await (await world.open('/a.part')).close('closed');
  world.failures.push(unavailable(), unavailable(), unavailable());
  const error = await rename(world, '/a.part', '/a').catch((reason: unknown) => reason);
  assert.ok(error instanceof PublicError);
  const told = 'The file has its new name, but its workflow could not be started';
  assert.equal(error.message, told);
  assert.equal((error.cause as Error).message, `${told}: no answer from host 10.0.0.1`);
  assert.deepEqual([world.memory.names('/'), world.arrived], [['a'], []]);
});

test('what will never succeed is not tried again', async () => {
  const world = openWorld();
  const file = await world.open('/a.part');
  await rename(world, '/a.part', '/a');
  world.failures.push(new FilesError('denied', 'Access denied'));
  await assert.rejects(file.close('closed'), PublicError);
  assert.deepEqual([world.pauses, world.arrived], [[], []]);
});

test('a file that cannot be closed has not arrived, and its name is free again', async () => {
  const world = openWorld();
  const file = await world.open('/a.part');
  await rename(world, '/a.part', '/a');
  world.memory.before = (call) => (call === 'close' ? Promise.reject(unavailable()) : undefined);
  await assert.rejects(file.close('closed'), FilesError);
  assert.deepEqual(world.arrived, []);
  world.memory.before = () => undefined;
  await rename(world, '/a', '/a.part');
  await rename(world, '/a.part', '/a');
  assert.deepEqual(world.arrived, ['closed /home/a 5']);
});

/** A home in the bucket `in`, on a server whose uploads start a workflow that removes them. */
async function openHomeInBucket() {
  const workflows = await TestWorkflows.open({ settings: { temporarySuffixes: ['.part'] } });
  const workflow = await workflows.use([remove()]);
  const { transfer } = workflows;
  await transfer.kernel.durable();
  const server = lookUpServer(transfer, WORLD, SERVER);
  assert.ok(server);
  const session: Session = {
    ...WORLD,
    serverId: SERVER,
    id: '0123456789abcdef',
    sourceIp: '192.0.2.1',
    user: {
      userName: 'alice',
      role: ROLE,
      homeDirectoryType: 'LOGICAL',
      homeDirectoryMappings: [{ Entry: '/', Target: '/in' }],
    },
  };
  const log = new SessionLog(transfer, { ...WORLD, id: SERVER });
  return { workflows, workflow, tree: openHome(transfer, { session, server, log }) };
}

test('a store that cannot write for a moment after a rename loses no workflow, and starts none twice', async () => {
  const { workflows, workflow, tree } = await openHomeInBucket();
  await upload(tree, '/a.part', 'hello');
  workflows.store.failNext(1);
  const renamed = tree.rename('/a.part', '/a', { replace: false });
  await settle();
  await workflows.pass(1);
  await renamed;
  await settle();
  const scope = `${WORLD.account}/${WORLD.region}/${workflow}`;
  const found = await workflows.transfer.kernel.listClosed({
    ...{ api: 'transfer', scope, now: workflows.parts.clock.now(), since: 0, limit: 10 },
    ...({ timeOf: 'ended', order: 'newest' } as const),
  });
  assert.deepEqual(
    found.map(({ summary }) => summary.status),
    ['succeeded'],
  );
  assert.equal(await workflows.bucket('in').head({ key: 'a' }), undefined);
});

test('a store that goes on failing leaves the file with its new name, and the client an error', async () => {
  const { workflows, workflow, tree } = await openHomeInBucket();
  await upload(tree, '/a.part', 'hello');
  workflows.store.breakDown();
  const renamed = assert.rejects(tree.rename('/a.part', '/a', { replace: false }), PublicError);
  for (const seconds of [1, 5]) {
    await settle();
    await workflows.pass(seconds);
  }
  await renamed;
  workflows.store.mend();
  await workflows.pass(1);
  assert.deepEqual(await workflows.request('ListExecutions', { WorkflowId: workflow }), {
    WorkflowId: workflow,
    Executions: [],
  });
  assert.notEqual(await workflows.bucket('in').head({ key: 'a' }), undefined);
});
