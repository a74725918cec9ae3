import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadConfig, OPTIONS } from '../../src/config.ts';
import { LIMITS, limitValues } from '../../src/limits.ts';

import { folder, load } from './load.ts';

describe('values', () => {
  test('without a file everything has its default', (t) => {
    const { config, root } = load(t, {});
    assert.deepEqual(config, {
      account: '000000000000',
      region: 'us-east-1',
      listen: { host: '127.0.0.1', port: 7400 },
      data: join(root, 'orrery-data'),
      store: { kind: 'sqlite' },
      auth: true,
      keys: [],
      buckets: {},
      fileSystems: {},
      mounts: [],
      functions: {},
      roles: [],
      strictRoles: false,
      swf: { idleTaskToken: 'empty' },
      cloudflow: { http: { allow: [], deny: [] }, products: {}, topics: {} },
      writer: 'main',
      transfer: {
        sftp: { host: '127.0.0.1', ports: { first: 2222, last: 2299 } },
        throttle: 'none',
        http: { allow: [], deny: [] },
        endedExecutions: 'visible',
        temporarySuffixes: [],
      },
      limits: {},
      masterKey: undefined,
    });
    assert.deepEqual(OPTIONS.map(({ environment }) => environment).slice(2, 5), [
      'ORRERY_LISTEN',
      'ORRERY_DATA',
      'ORRERY_STORE',
    ]);
  });

  test('every key of the file', (t) => {
    const { config, root } = load(t, {
      yaml: `
account: "123456789012"
region: eu-central-1
listen: "[::1]:0"
data: ./data
store: postgres://user:pass@host/db
auth: off
keys:
  - { id: OPS, secret: s1, policies: [] }
  - id: STS.GUEST
    secret: s2
    account: "210987654321"
    sessionToken: token
    policies:
      - { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "swf:*", Resource: "*" }] }
buckets:
  landing: { directory: ./there }
  archive: { endpoint: "http://127.0.0.1:9000", bucket: archive, region: us-east-1, accessKeyId: a, secretAccessKey: b, forcePathStyle: true }
fileSystems: { fs-1: { directory: there } }
mounts: [{ match: "nfs://filer1/export/home", directory: there }]
functions:
  validate: { url: "http://127.0.0.1:9000/validate" }
  resize: { command: [node, resize.js] }
  audit: { module: ./file.ts }
  legacy: { lambda: { endpoint: "http://127.0.0.1:9001", functionName: legacy } }
  pack: { activity: { domain: shop, taskList: packers, heartbeatTimeout: 30 } }
roles: [{ arn: "arn:aws:iam::000000000000:role/x", policies: [] }, { arn: "acs:ram::0:role/y" }]
strictRoles: true
swf: { idleTaskToken: absent }
transfer: { sftp: { host: 0.0.0.0, ports: 3000 }, throttle: aws, endedExecutions: hidden, http: { deny: [10.0.0.0/8] }, temporarySuffixes: [.filepart] }
limits: { swf.openTimers: 7 }
cloudflow:
  http: { allow: ["*.example.com", 10.0.0.0/8], deny: ["::1", localhost] }
  products: { ocr: { url: "http://127.0.0.1:9002" } }
  topics: { orders: [ship, bill] }
`,
    });
    const etc = join(root, 'etc');
    assert.deepEqual(config.listen, { host: '::1', port: 0 });
    assert.deepEqual(config.store, { kind: 'postgres', url: 'postgres://user:pass@host/db' });
    assert.equal(config.data, join(etc, 'data'));
    assert.equal(config.auth, false);
    assert.deepEqual(
      config.keys.map(({ id, account, sessionToken, policies }) => [
        id,
        account,
        sessionToken,
        policies.length,
      ]),
      [
        ['OPS', undefined, undefined, 0],
        ['STS.GUEST', '210987654321', 'token', 1],
      ],
    );
    assert.deepEqual(config.swf, { idleTaskToken: 'absent' });
    assert.deepEqual(config.buckets.landing, {
      directory: join(etc, 'there'),
      region: undefined,
      versioning: false,
    });
    assert.deepEqual(config.fileSystems, { 'fs-1': { directory: join(etc, 'there') } });
    assert.deepEqual(config.mounts, [{ match: 'nfs://filer1/export/home', directory: join(etc, 'there') }]);
    assert.deepEqual(config.functions.resize, {
      kind: 'command',
      command: ['node', 'resize.js'],
      folder: etc,
    });
    assert.deepEqual(config.functions.audit, { kind: 'module', module: join(etc, 'file.ts') });
    assert.deepEqual(config.functions.pack, {
      kind: 'activity',
      activity: {
        domain: 'shop',
        taskList: 'packers',
        type: undefined,
        version: '1',
        account: undefined,
        region: undefined,
        scheduleToStartTimeout: undefined,
        startToCloseTimeout: undefined,
        scheduleToCloseTimeout: undefined,
        heartbeatTimeout: 30,
      },
    });
    assert.deepEqual(config.transfer.http, { allow: [], deny: ['10.0.0.0/8'] });
    assert.deepEqual(config.transfer.sftp, { host: '0.0.0.0', ports: { first: 3000, last: 3000 } });
    assert.deepEqual(config.transfer.temporarySuffixes, ['.filepart']);
    assert.deepEqual(config.roles, [
      { arn: 'arn:aws:iam::000000000000:role/x', policies: [] },
      { arn: 'acs:ram::0:role/y', policies: [] },
    ]);
    assert.equal(config.strictRoles, true);
    assert.deepEqual(config.limits, { 'swf.openTimers': 7 });
    assert.deepEqual(config.cloudflow, {
      http: { allow: ['*.example.com', '10.0.0.0/8'], deny: ['::1', 'localhost'] },
      products: { ocr: { url: 'http://127.0.0.1:9002' } },
      topics: { orders: ['ship', 'bill'] },
    });
  });

  test('command line before environment before file', (t) => {
    const yaml = 'listen: 127.0.0.1:1\ndata: file\nregion: eu-west-1\n';
    const environment = {
      ORRERY_LISTEN: '127.0.0.1:2',
      ORRERY_DATA: 'environment',
      ORRERY_REGION: 'eu-west-2',
    };
    const { config, root } = load(t, { yaml, environment, flags: { listen: '127.0.0.1:3' } });
    assert.deepEqual(
      [config.listen.port, config.data, config.region],
      [3, join(root, 'environment'), 'eu-west-2'],
    );
  });

  test('the file may be named by the environment', (t) => {
    const root = folder(t);
    writeFileSync(join(root, 'a.yaml'), 'region: eu-west-3');
    const environment = { ORRERY_CONFIG: 'a.yaml' };
    assert.equal(loadConfig({ flags: {}, environment, folder: root, limits: [] }).region, 'eu-west-3');
  });

  test('a key from the environment has full access', (t) => {
    const environment = { ORRERY_ACCESS_KEY_ID: 'ENVKEY', ORRERY_SECRET_ACCESS_KEY: 'secret' };
    const { config } = load(t, { yaml: 'keys: [{ id: OPS, secret: s }]', environment });
    assert.deepEqual(
      config.keys.map(({ id, policies }) => [id, policies]),
      [
        ['OPS', []],
        ['ENVKEY', []],
      ],
    );
  });

  test('an empty file is no file', (t) =>
    assert.equal(load(t, { yaml: '# nothing\n' }).config.region, 'us-east-1'));
});

test('limits have unique names, and configured values come before defaults', () => {
  assert.equal(new Set(LIMITS.map(({ name }) => name)).size, LIMITS.length);
  const values = limitValues({ 'swf.openTimers': 5 });
  assert.deepEqual(
    [values['swf.openTimers'], values['swf.historyEvents'], values['swf.rate.ListDomains']],
    [5, 25_000, 0],
  );
});
