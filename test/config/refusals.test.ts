import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError } from '../../src/config/problem.ts';
import { loadConfig } from '../../src/config.ts';
import { folder, load } from './load.ts';

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
