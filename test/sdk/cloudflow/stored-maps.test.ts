import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { S3Bucket } from '../../../src/files/backends/s3/s3-bucket.ts';
import { get, put } from '../../support/objects.ts';
import { ACCESS_KEY, startS3Server } from '../../support/s3/s3-server.ts';
import { account, region, type ServerOptions } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { settle } from '../../support/toy-kernel.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

const ROLE = `acs:ram::${account}:role/flows`;
const NAMED = { FlowName: 'p', ExecutionName: 'one' };

const CSV = 'sku,amount\nA,1\nB,2\n"C, D",x\n';

/** Fails where the amount is `x`. */
const definition = (map: string): string => `Type: StateMachine
SpecVersion: v1
Name: p
StartAt: m
States:
  - Type: Map
    Name: m
    ProcessorConfig: {ExecutionMode: Express}
    ToleratedFailureCount: 1
    Processor:
      StartAt: look
      States:
        - {Type: Choice, Name: look, Branches: [{Condition: $Input.amount == "x", Next: bad}], Default: give}
        - {Type: Fail, Name: bad, Code: BadAmount, Detail: is x}
        - {Type: Pass, Name: give, OutputConstructor: {sku.$: $Input.sku}, End: true}
    End: true
${map}`;

const READER = `    ItemReader:
      SourceType: OSS_CSV
      SourceParameters: {Bucket: orders, ObjectName.$: $Input.key}
`;
const WRITER = '    ResultWriter: {Parameters: {Bucket: orders, Prefix: done}}\n';

interface World extends CloudflowServer {
  readonly directory: string;
}

async function open(t: TestContext, options: ServerOptions = {}): Promise<World> {
  const folder = await makeTemporaryDirectory(t);
  const directory = join(folder.path, 'orders');
  await mkdir(join(directory, 'in'), { recursive: true });
  await writeFile(join(directory, 'in', 'orders.csv'), CSV);
  const served = await serveCloudflow(t, {
    buckets: { orders: { directory, region: undefined, versioning: false } },
    ...options,
  });
  return { ...served, directory };
}

/** Runs the flow until it has ended; gives how. */
async function run({ call }: CloudflowServer, map: string, RoleArn = ''): Promise<Answer> {
  const flow = { Name: 'p', Definition: definition(map), Description: '', Type: 'FDL', RoleArn };
  assert.equal((await call('CreateFlow', flow)).Code, undefined);
  await call('StartExecution', { ...NAMED, Input: '{"key":"in/orders.csv"}' });
  for (let turn = 0; turn < 3000; turn++) {
    const ended = await call('DescribeExecution', NAMED);
    if (ended.Status !== 'Running') return ended;
    await settle();
  }
  throw new Error('it does not end');
}

async function lastEvent({ call }: CloudflowServer): Promise<Answer> {
  const { Events } = await call('GetExecutionHistory', { ...NAMED, Limit: 999 });
  return JSON.parse(Events.at(-1).EventDetail);
}

test('items of a bucket are child executions, and a bucket gets what they come to', async (t) => {
  const world = await open(t);
  const { Status, Output } = await run(world, READER + WRITER);
  assert.equal(Status, 'Succeeded');
  const { MapRunName, ResultWriterDetails } = JSON.parse(Output);
  assert.deepEqual(ResultWriterDetails, { Bucket: 'orders', Key: `done/${MapRunName}/manifest.json` });
  const { ItemCounts, Status: mapRun } = await world.call('DescribeMapRun', { ...NAMED, MapRunName });
  const counts = { Pending: 0, Running: 0, Succeed: 2, Failed: 1, Aborted: 0, Total: 3 };
  assert.deepEqual([mapRun, ItemCounts], ['Succeeded', counts]);
  const listed = await world.call('ListExecutions', { FlowName: 'p', MapRunName });
  assert.equal(listed.Executions.length, 3);

  const folder = join(world.directory, 'done', MapRunName);
  assert.deepEqual((await readdir(folder)).sort(), ['FAILED_0.json', 'SUCCEED_0.json', 'manifest.json']);
  const read = async (name: string): Promise<Answer> =>
    JSON.parse(await readFile(join(folder, name), 'utf8'));
  assert.deepEqual(
    (await read('SUCCEED_0.json')).map((entry: Answer) => [entry.Name, entry.Input, entry.Output]),
    [
      [`${MapRunName}-0`, '{"sku":"A","amount":"1"}', '{"sku":"A"}'],
      [`${MapRunName}-1`, '{"sku":"B","amount":"2"}', '{"sku":"B"}'],
    ],
  );
  assert.deepEqual(
    (await read('FAILED_0.json')).map((entry: Answer) => [entry.Input, entry.ErrorCode, entry.ErrorMessage]),
    [['{"sku":"C, D","amount":"x"}', 'BadAmount', 'is x']],
  );
  const { ResultFiles } = await read('manifest.json');
  const { length } = await readFile(join(folder, 'SUCCEED_0.json'));
  assert.deepEqual(ResultFiles.SUCCEED, [{ Key: `done/${MapRunName}/SUCCEED_0.json`, Size: length }]);
});

test('a bucket may be at an endpoint that speaks S3', async (t) => {
  const s3 = await startS3Server(['remote']);
  t.after(() => s3.close());
  const place = { endpoint: s3.url, bucket: 'remote', region: 'us-east-1' };
  const remote = { ...place, forcePathStyle: true, versioning: false, ...ACCESS_KEY };
  const ids = { newId: () => 'id', now: () => 0 };
  const bucket = new S3Bucket({ ...remote, ...ids, name: 'orders' });
  t.after(() => bucket.close());
  await put(bucket, 'in/orders.csv', CSV);
  const world = await open(t, { buckets: { orders: remote } });
  const { Output } = await run(world, READER + WRITER);
  const { ResultWriterDetails } = JSON.parse(Output);
  const manifest = JSON.parse(await get(bucket, ResultWriterDetails.Key));
  assert.equal(manifest.DestinationBucket, 'orders');
  const written = JSON.parse(await get(bucket, manifest.ResultFiles.SUCCEED[0].Key));
  assert.equal(written.length, 2);
});

test('a bucket or object that is not there, or too much of it, fails the map by a name', async (t) => {
  for (const [reader, limits, error] of [
    [READER.replace('Bucket: orders', 'Bucket: none'), {}, 'OSS.NoSuchBucket'],
    [READER.replace('ObjectName.$: $Input.key', 'ObjectName: none'), {}, 'OSS.NoSuchKey'],
    [READER.replace('OSS_CSV', 'OSS_JSON_LIST'), {}, 'FnF.ItemReaderFailed'],
    [READER, { 'cloudflow.mapItems': 2 }, 'FnF.DataLimitExceeded'],
    [READER, { 'cloudflow.mapItemBytes': 20 }, 'FnF.DataLimitExceeded'],
  ] as const) {
    const world = await open(t, { limits });
    assert.equal((await run(world, reader)).Status, 'Failed');
    assert.equal((await lastEvent(world)).error, error);
  }
});

const acs = (rest: string): string => `acs:oss:${region}:${account}:orders${rest}`;

for (const [title, allowed, error] of [
  ['both', { 'oss:GetObject': acs('/in/*'), 'oss:PutObject': acs('/done/*') }, undefined],
  ['reading alone', { 'oss:GetObject': acs('/in/*') }, 'OSS.AccessDenied'],
  ['writing alone', { 'oss:PutObject': acs('/done/*') }, 'OSS.AccessDenied'],
  ['another object', { 'oss:*': acs('/out/*') }, 'OSS.AccessDenied'],
] as const) {
  test(`the role of the flow allows ${title}`, async (t) => {
    const Statement = Object.entries(allowed).map(([Action, Resource]) => ({
      Effect: 'Allow',
      Action,
      Resource,
    }));
    const world = await open(t, { roles: [{ arn: ROLE, policies: [{ Version: '1', Statement }] }] });
    const { Status } = await run(world, READER + WRITER, ROLE);
    if (error === undefined) assert.equal(Status, 'Succeeded');
    else assert.equal((await lastEvent(world)).error, error);
  });
}

test('objects themselves are items', async (t) => {
  const world = await open(t);
  await writeFile(join(world.directory, 'in', 'more.csv'), '');
  const reader = READER.replace('OSS_CSV', 'OSS_OBJECTS').replace('ObjectName.$: $Input.key', 'Prefix: in/');
  const construct = '    ItemConstructor: {sku.$: $Item.Key, amount.$: $Item.Size}\n';
  const { Output } = await run(world, reader + construct);
  assert.deepEqual(JSON.parse(Output), { Items: [{ sku: 'in/more.csv' }, { sku: 'in/orders.csv' }] });
});
