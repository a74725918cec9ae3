import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ensureCredentials, readCredentials } from '../../src/config/credentials.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { type Config, loadConfig, OPTIONS } from '../../src/config.ts';
import { LIMITS, limitValues } from '../../src/limits.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'orrery-config-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

interface Given {
  readonly yaml?: string;
  readonly flags?: Record<string, string>;
  readonly environment?: Record<string, string>;
}

/** Loads from a folder that has `there/`, `file.ts` and, with `yaml`, `etc/orrery.yaml`. */
function load(
  t: TestContext,
  { yaml, flags = {}, environment = {} }: Given,
): { config: Config; root: string } {
  const root = folder(t);
  mkdirSync(join(root, 'etc/there'), { recursive: true });
  writeFileSync(join(root, 'etc/file.ts'), '');
  if (yaml !== undefined) writeFileSync(join(root, 'etc/orrery.yaml'), yaml);
  const file = yaml === undefined ? undefined : 'etc/orrery.yaml';
  return { config: loadConfig({ file, flags, environment, folder: root, limits: LIMITS }), root };
}

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

describe('refusals name file, line and reason', () => {
  const table: readonly [string, string, string | RegExp][] = [
    [
      'an unknown key',
      'region: us-east-1\nregoin: x',
      /^etc\/orrery\.yaml:2: regoin: unknown key; known are account, region/,
    ],
    [
      'an unknown key in depth',
      'keys:\n  - id: ABC\n    secret: s\n    polices: []',
      'etc/orrery.yaml:4: keys[0].polices: unknown key; known are id, secret, account, sessionToken, policies',
    ],
    ['no mapping', '- a', 'etc/orrery.yaml:1: must be a mapping of names to values'],
    ['broken YAML', 'a: 1\nb: [', /^etc\/orrery\.yaml:\d: \w/],
    ['a doubled key', 'region: a\nregion: b', 'etc/orrery.yaml:2: duplicate key'],
    ['an alias without anchor', 'region: *x', /^etc\/orrery\.yaml:1: /],
    [
      'a number for the account',
      '\naccount: 000000000000',
      'etc/orrery.yaml:2: account: must be 12 digits in quotes',
    ],
    ['a bad address', 'listen: 7400', 'etc/orrery.yaml:1: listen: must be HOST:PORT, the port at most 65535'],
    [
      'a bad port',
      'listen: "localhost:70000"',
      'etc/orrery.yaml:1: listen: must be HOST:PORT, the port at most 65535',
    ],
    [
      'a bad store',
      'store: mysql://root:hunter2@host',
      'etc/orrery.yaml:1: store: must be sqlite or postgres://user:password@host/database',
    ],
    [
      'a missing directory',
      'buckets:\n  a:\n    directory: nowhere',
      /^etc\/orrery\.yaml:3: buckets\.a\.directory: directory .*nowhere does not exist$/,
    ],
    [
      'a file for a directory',
      'buckets: { a: { directory: file.ts } }',
      /^etc\/orrery\.yaml:1: buckets\.a\.directory: .*file\.ts is not a directory$/,
    ],
    [
      'a missing module',
      'functions:\n  f: { module: nowhere.ts }',
      /^etc\/orrery\.yaml:2: functions\.f\.module: file .* does not exist$/,
    ],
    [
      'two ways to call',
      'functions:\n  f: { url: "http://x", module: file.ts }',
      'etc/orrery.yaml:2: functions.f: must have exactly one of url, command, module, lambda, activity',
    ],
    [
      'no known way to call',
      'functions:\n  f: { script: x }',
      'etc/orrery.yaml:2: functions.f.script: unknown key; known are url, command, module, lambda, activity',
    ],
    [
      'an activity without a task list',
      'functions:\n  f: { activity: { domain: d } }',
      'etc/orrery.yaml:2: functions.f.activity.taskList: must be 1 to 256 characters without : / |',
    ],
    [
      'a negative timeout of an activity',
      'functions:\n  f: { activity: { domain: d, taskList: t, heartbeatTimeout: -1 } }',
      'etc/orrery.yaml:2: functions.f.activity.heartbeatTimeout: must be a whole number, 0 or more',
    ],
    [
      'an empty command',
      'functions:\n  f: { command: [] }',
      'etc/orrery.yaml:2: functions.f.command: must be a list of program and arguments',
    ],
    [
      'no URL',
      'functions:\n  f: { url: "file:///etc" }',
      'etc/orrery.yaml:2: functions.f.url: must be an http or https URL',
    ],
    [
      'half a bucket',
      'buckets:\n  a: { endpoint: "http://x" }',
      'etc/orrery.yaml:2: buckets.a.bucket: must be a text',
    ],
    [
      'a bucket with a misspelt directory',
      'buckets:\n  a: { dir: ./a }',
      'etc/orrery.yaml:2: buckets.a.dir: unknown key; known are directory, region, versioning',
    ],
    [
      'a bad choice',
      'transfer:\n  throttle: fast',
      'etc/orrery.yaml:2: transfer.throttle: must be one of none, aws',
    ],
    [
      'an empty suffix',
      'transfer:\n  temporarySuffixes: [""]',
      'etc/orrery.yaml:2: transfer.temporarySuffixes[0]: must be 1 to 64 characters without a slash',
    ],
    [
      'a bad port range',
      'transfer:\n  sftp: { ports: 3000-2000 }',
      'etc/orrery.yaml:2: transfer.sftp.ports: must be a port or a range such as 2222-2299',
    ],
    [
      'a destination that is a URL',
      'cloudflow:\n  http: { allow: ["http://x/"] }',
      'etc/orrery.yaml:2: cloudflow.http.allow[0]: must be a host name, an IP address or a network such as 10.0.0.0/8',
    ],
    [
      'a destination with a prefix that is too long',
      'cloudflow: { http: { deny: [10.0.0.0/33] } }',
      'etc/orrery.yaml:1: cloudflow.http.deny[0]: must be a host name, an IP address or a network such as 10.0.0.0/8',
    ],
    [
      'a destination that is half an address',
      'cloudflow: { http: { deny: ["10.0"] } }',
      'etc/orrery.yaml:1: cloudflow.http.deny[0]: must be a host name, an IP address or a network such as 10.0.0.0/8',
    ],
    [
      'a product without a URL',
      'cloudflow: { products: { ocr: {} } }',
      'etc/orrery.yaml:1: cloudflow.products.ocr.url: must be an http or https URL',
    ],
    [
      'a topic for nobody',
      'cloudflow: { topics: { t: [] } }',
      'etc/orrery.yaml:1: cloudflow.topics.t: must be a list of queues',
    ],
    [
      'a bad name of a queue',
      'cloudflow: { topics: { t: [a/b] } }',
      'etc/orrery.yaml:1: cloudflow.topics.t[0]: must be 1 to 128 letters, digits, hyphens and underscores',
    ],
    [
      'a role by its name',
      'roles: [{ arn: upload-only }]',
      'etc/orrery.yaml:1: roles[0].arn: must be an ARN like arn:… or acs:…',
    ],
    [
      'a role that is listed twice',
      'roles:\n  - { arn: "acs:ram::1:role/r" }\n  - { arn: "acs:ram::1:role/r" }',
      'etc/orrery.yaml:3: roles[1].arn: is used by another entry too',
    ],
    [
      'an unknown limit',
      'limits:\n  swf.domains: 5\n  swf.naps: 5',
      'etc/orrery.yaml:3: limits.swf.naps: is not a known limit; see docs/limits.md',
    ],
    [
      'a bad limit',
      'limits:\n  swf.domains: many',
      'etc/orrery.yaml:2: limits.swf.domains: must be a whole number, 0 or more',
    ],
    [
      'a negative limit',
      'limits: { swf.domains: -1 }',
      'etc/orrery.yaml:1: limits.swf.domains: must be a whole number, 0 or more',
    ],
    ['a key without secret', 'keys:\n  - id: ABC', 'etc/orrery.yaml:2: keys[0].secret: must be a text'],
    [
      'a doubled key id',
      'keys:\n  - { id: ABC, secret: a }\n  - { id: ABC, secret: b }',
      'etc/orrery.yaml:3: keys[1].id: is used by another entry too',
    ],
    [
      'a bad policy',
      'keys:\n  - id: ABC\n    secret: a\n    policies:\n      - Statement:\n          - Effect: Allow\n            Action: swf:*\n            Resource: "*"\n            Condition:\n              StringSame: { a: b }',
      'etc/orrery.yaml:10: keys[0].policies[0].Statement[0].Condition.StringSame.a: StringSame is not a known condition operator',
    ],
    [
      'auth off for everybody',
      'listen: 0.0.0.0:7400\nauth: off',
      'etc/orrery.yaml:2: auth: can be off only when listening on a loopback address',
    ],
    ['auth neither on nor off', 'auth: maybe', 'etc/orrery.yaml:1: auth: must be on or off'],
  ];
  for (const [title, yaml, message] of table)
    test(title, (t) => {
      assert.throws(
        () => load(t, { yaml }),
        (error) => {
          assert.ok(error instanceof ConfigError);
          if (message instanceof RegExp) assert.match(error.message, message);
          else assert.equal(error.message, message);
          return true;
        },
      );
    });

  test('no message repeats a secret', (t) => {
    for (const yaml of [
      'keys: [{ id: ABC, secret: [hunter2] }]',
      'keys: [{ id: ABC, secret: hunter2',
      'store: "mysql://u:hunter2@h"',
      'keys:\n - secret: hunter2\n - secret: *hunter2',
    ])
      assert.throws(
        () => load(t, { yaml }),
        (error) => error instanceof ConfigError && !error.message.includes('hunter2'),
      );
  });

  test('a bad value outside the file names its source', (t) => {
    assert.throws(() => load(t, { flags: { listen: 'x' } }), {
      message: '--listen: must be HOST:PORT, the port at most 65535',
    });
    assert.throws(() => load(t, { yaml: '', environment: { ORRERY_STORE: 'x' } }), {
      message: /^ORRERY_STORE: must be sqlite or/,
    });
    assert.throws(() => load(t, { environment: { ORRERY_ACCESS_KEY_ID: 'x' } }), {
      message: /must be set together/,
    });
    assert.throws(() => load(t, { flags: { listen: '0.0.0.0:1' }, environment: { ORRERY_AUTH: 'off' } }), {
      message: 'auth: can be off only when listening on a loopback address',
    });
  });

  test('a file that is not there', (t) => {
    const sources = { file: 'none.yaml', flags: {}, environment: {}, folder: folder(t), limits: [] };
    assert.throws(() => loadConfig(sources), { message: 'none.yaml: cannot be read (ENOENT)' });
  });
});

describe('credentials', () => {
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(200);

  test('are made once, for their owner only', (t) => {
    const data = join(folder(t), 'deep/data');
    const made = ensureCredentials(data, random);
    assert.equal(made.created, true);
    assert.equal(statSync(made.path).mode & 0o777, 0o600);
    assert.match(
      readFileSync(made.path, 'utf8'),
      /^\[default\]\naws_access_key_id = ORRERYI{14}\naws_secret_access_key = \S{40}\n$/,
    );
    assert.deepEqual(
      ensureCredentials(data, () => assert.fail()),
      { ...made, created: false },
    );
    assert.deepEqual(readCredentials(made.path), { id: made.id, secret: made.secret });
  });

  test('of the default profile are read among others', (t) => {
    const path = join(folder(t), 'credentials');
    writeFileSync(
      path,
      '[other]\naws_access_key_id=x\n\n[default]\n# mine\naws_access_key_id=A\naws_secret_access_key = b=/+\n[last]\naws_access_key_id=z\n',
    );
    assert.deepEqual(readCredentials(path), { id: 'A', secret: 'b=/+' });
  });

  test('that are incomplete are an error, and none are none', (t) => {
    const path = join(folder(t), 'credentials');
    assert.equal(readCredentials(path), undefined);
    writeFileSync(path, '[default]\naws_access_key_id=A\n');
    assert.throws(() => readCredentials(path), ConfigError);
  });
});

test('limits have unique names, and configured values come before defaults', () => {
  assert.equal(new Set(LIMITS.map(({ name }) => name)).size, LIMITS.length);
  const values = limitValues({ 'swf.openTimers': 5 });
  assert.deepEqual(
    [values['swf.openTimers'], values['swf.historyEvents'], values['swf.rate.ListDomains']],
    [5, 25_000, 0],
  );
});
