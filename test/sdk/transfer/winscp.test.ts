import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { REQUEST } from '../../../src/sftp/packets/names.ts';
import { pattern } from '../../contracts/bucket-writing.ts';
import { FX } from '../../support/raw-sftp.ts';
import { openEndpoint } from '../../support/s3/open-endpoint.ts';
import { eventually, SftpWorld } from '../../support/sftp-world.ts';
import { FLAGS, TIME, WinScp } from '../../support/win-scp.ts';
import { copy } from '../../support/workflow-steps.ts';

const FS = 'fs-0123456789abcdef0';
const LARGE = pattern(3_000_001);
const SMALL = pattern(70_000, 5);

interface Storage {
  readonly home: string;
  readonly goesOn: boolean;
  readonly setsTimes: boolean;
}

const storages: Readonly<Record<string, Storage>> = {
  'a directory bucket': { home: '/in', goesOn: true, setsTimes: true },
  'a file system': { home: `/${FS}`, goesOn: true, setsTimes: true },
  'an S3-compatible endpoint': { home: '/remote', goesOn: false, setsTimes: false },
};

for (const [name, { home, goesOn, setsTimes }] of Object.entries(storages)) {
  const isFileSystem = home === `/${FS}`;

  const openWorld = async (t: TestContext, more: { readonly ignores?: boolean } = {}) => {
    const endpoint = home === '/remote' ? await openEndpoint(['remote']) : undefined;
    t.after(() => endpoint?.close());
    const world = await SftpWorld.open(
      t,
      {
        settings: { temporarySuffixes: ['.filepart'] },
        fileSystems: [FS],
        ...(endpoint !== undefined && { buckets: { remote: endpoint.place('remote') } }),
      },
      {
        Domain: isFileSystem ? 'EFS' : 'S3',
        ...(more.ignores && { ProtocolDetails: { SetStatOption: 'ENABLE_NO_OP' } }),
      },
    );
    const [Uid, Gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
    await world.createUser({ HomeDirectory: home, ...(isFileSystem && { PosixProfile: { Uid, Gid } }) });
    return { world, winScp: await WinScp.start(t, world.sftp) };
  };

  test(`a session of WinSCP with ${name}`, async (t) => {
    const { world, winScp } = await openWorld(t);
    const workflow = await world.use([copy('copied/')]);
    assert.equal(await winScp.realPath('.'), home);
    assert.ok(await winScp.look(home));
    assert.deepEqual(await winScp.list(home), []);
    const expected = setsTimes ? FX.OK : FX.OP_UNSUPPORTED;
    assert.equal(await winScp.uploadLarge(`${home}/grün 1`, LARGE), expected);
    assert.equal(await winScp.uploadSmall(`${home}/small`, SMALL), expected);
    // Over what is there.
    assert.equal(await winScp.uploadLarge(`${home}/grün 1`, LARGE), expected);
    assert.equal(await winScp.uploadSmall(`${home}/small`, SMALL), expected);
    assert.deepEqual(await winScp.list(home), ['grün 1', 'small']);
    const [size, time] = (await winScp.look(`${home}/grün 1`)) ?? [];
    assert.equal(size, LARGE.length);
    assert.equal(time === TIME, setsTimes);
    assert.ok((await winScp.download(`${home}/grün 1`)).equals(LARGE));
    assert.ok((await winScp.download(`${home}/small`)).equals(SMALL));
    assert.equal(await winScp.realPath(`${home}/new`), `${home}/new`);
    await winScp.succeeds(REQUEST.MKDIR, (to) => to.text(`${home}/new`).uint32(0));
    await winScp.succeeds(REQUEST.RENAME, (to) => to.text(`${home}/small`).text(`${home}/new/small`));
    await winScp.succeeds(REQUEST.REMOVE, (to) => to.text(`${home}/new/small`));
    await winScp.succeeds(REQUEST.RMDIR, (to) => to.text(`${home}/new`));
    // One for each file with its last name.
    await world.ended(workflow, 4);
  });

  test(`WinSCP goes on with an upload that broke off, to ${name}`, async (t) => {
    const { world, winScp } = await openWorld(t);
    const workflow = await world.use([copy('copied/')]);
    const handle = await winScp.open(`${home}/a.filepart`, FLAGS.over, LARGE.length);
    assert.ok(Buffer.isBuffer(handle), String(handle));
    const part = LARGE.subarray(0, 30_000);
    await winScp.succeeds(REQUEST.WRITE, (to) => to.string(handle).uint64(0).string(part));
    winScp.sftp.channel.close();
    await winScp.sftp.closed;
    const again = await WinScp.start(t, world.sftp);
    const partial = await eventually('the part is there', () => again.look(`${home}/a.filepart`));
    assert.equal(partial[0], part.length);
    if (!goesOn) {
      await assert.rejects(again.uploadLarge(`${home}/a`, LARGE), /random access writes/);
      await again.succeeds(REQUEST.REMOVE, (to) => to.text(`${home}/a.filepart`));
    }
    await again.uploadLarge(`${home}/a`, LARGE);
    assert.deepEqual(await again.list(home), ['a']);
    assert.ok((await again.download(`${home}/a`)).equals(LARGE));
    await world.ended(workflow, 1);
  });

  test(`WinSCP hears nothing of attributes that are ignored, at ${name}`, async (t) => {
    const { winScp } = await openWorld(t, { ignores: true });
    assert.equal(await winScp.uploadLarge(`${home}/large`, LARGE), FX.OK);
    assert.equal(await winScp.uploadSmall(`${home}/small`, SMALL), FX.OK);
    assert.notEqual((await winScp.look(`${home}/small`))?.[1], TIME);
  });
}
