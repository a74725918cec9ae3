import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnyAuthMethod, AuthenticationType, ConnectConfig, SFTPWrapper } from 'ssh2';
import type { Authenticate, LoginAttempt } from '../../src/sftp/sftp-server.ts';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { connect, keyPair, type ServedSftp, serveSftp, USER } from '../support/sftp-server.ts';

const login = { openTree: async () => createMemoryTree(), home: '/' };

interface Tried {
  readonly isIn: boolean;
  /** What the server listed after each attempt, and whether it called that a part of success. */
  readonly lists: readonly (readonly [readonly string[], boolean])[];
  readonly banner: string | undefined;
}

/** Makes attempts one after the other until one succeeds or the server closes. */
function attempt(
  { server }: Pick<ServedSftp, 'server'>,
  methods: readonly (AuthenticationType | AnyAuthMethod)[],
  config: ConnectConfig = {},
): Promise<Tried> {
  const client = new ssh2.Client();
  const lists: (readonly [readonly string[], boolean])[] = [];
  const left = [...methods];
  let banner: string | undefined;
  const { promise, resolve } = Promise.withResolvers<Tried>();
  const end = (isIn: boolean): void => {
    client.destroy();
    resolve({ isIn, lists, banner });
  };
  client
    .on('ready', () => end(true))
    .on('error', () => {})
    .on('close', () => end(false))
    .on('banner', (text) => {
      banner = text;
    });
  client.connect({
    host: server.host,
    port: server.port,
    username: USER.username,
    ...config,
    authHandler: (remaining, isPartial, next) => {
      if (remaining) lists.push([remaining, isPartial]);
      const method = left.shift();
      if (method === undefined) client.end();
      else next(method);
    },
  });
  return promise;
}

const password = (text: string): AnyAuthMethod => ({ type: 'password', username: 'alice', password: text });
const key = (type: Parameters<typeof keyPair>[0]): AnyAuthMethod => ({
  type: 'publickey',
  username: 'alice',
  key: keyPair(type).private,
});
const none: AnyAuthMethod = { type: 'none', username: 'alice' };

interface PublicKeyClient {
  readonly _protocol: {
    readonly _handlers: {
      EXT_INFO: (protocol: unknown, told: readonly { name: string; algs: readonly string[] }[]) => void;
      USERAUTH_PK_OK: (protocol: unknown, algorithm: string) => void;
    };
  };
}

/** What the server calls the algorithms of a key that would do; the client asks about the one that is wanted, if any is. */
async function answeredAs(
  { server }: ServedSftp,
  type: Parameters<typeof keyPair>[0],
  wanted?: string,
): Promise<readonly string[]> {
  const client = new ssh2.Client();
  const names: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.on('ready', resolve).on('error', reject);
  const { host, port } = server;
  client.connect({ host, port, username: USER.username, privateKey: keyPair(type).private });
  const { _handlers: handlers } = (client as unknown as PublicKeyClient)._protocol;
  const { EXT_INFO: told, USERAUTH_PK_OK: answered } = handlers;
  if (wanted !== undefined)
    handlers.EXT_INFO = (protocol) => told(protocol, [{ name: 'server-sig-algs', algs: [wanted] }]);
  handlers.USERAUTH_PK_OK = (protocol, algorithm) => {
    names.push(algorithm);
    answered(protocol, algorithm);
  };
  await promise;
  client.destroy();
  return names;
}

/** Notes what was asked. */
function asking(answer: Authenticate): {
  readonly asked: LoginAttempt[];
  readonly authenticate: Authenticate;
} {
  const asked: LoginAttempt[] = [];
  return {
    asked,
    authenticate: (one) => {
      asked.push(one);
      return answer(one);
    },
  };
}

describe('logging in', () => {
  it('shows the banner, and lists the methods to who has none', async () => {
    await using served = await serveSftp({
      settings: {
        hostKeys: [keyPair('ed25519').private],
        banner: 'Private.\nKeep out.',
        methods: ['publickey'],
      },
    });
    const { lists, banner, isIn } = await attempt(served, [none]);
    assert.deepEqual({ lists, isIn }, { lists: [[['publickey'], false]], isIn: false });
    assert.equal(banner, 'Private.\nKeep out.\r\n');
    assert.deepEqual(
      served.events.filter(({ kind }) => kind === 'auth-failure'),
      [],
    );
  });

  it('takes a right password and refuses a wrong one', async () => {
    await using served = await serveSftp();
    const { lists, isIn } = await attempt(served, [password('wrong'), password(USER.password)]);
    assert.deepEqual({ lists, isIn }, { lists: [[['publickey', 'password'], false]], isIn: true });
    const [failure, connected] = served.events;
    assert.ok(failure?.kind === 'auth-failure' && connected?.kind === 'connected');
    assert.deepEqual([failure.userName, failure.method], ['alice', 'password']);
    assert.deepEqual([connected.userName, connected.method], ['alice', 'password']);
  });

  it('asks about a key, and again once it is proven', async () => {
    const { asked, authenticate } = asking(async () => login);
    await using served = await serveSftp({ authenticate });
    assert.equal((await attempt(served, [key('ecdsa384')])).isIn, true);
    assert.deepEqual(
      asked.map(({ method, sessionId, sourceIp, userName }) => ({ method, sessionId, sourceIp, userName })),
      [false, true].map((isProven) => ({
        method: {
          kind: 'publickey',
          type: 'ecdsa-sha2-nistp384',
          key: Buffer.from(keyPair('ecdsa384').public.split(' ')[1] ?? '', 'base64'),
          isProven,
        },
        sessionId: '0000000000000001',
        sourceIp: '127.0.0.1',
        userName: 'alice',
      })),
    );
  });

  it('says that a key would do by the name of the algorithm that was asked about', async () => {
    await using served = await serveSftp({ authenticate: async () => login });
    assert.deepEqual(await answeredAs(served, 'rsa'), ['rsa-sha2-256']);
    assert.deepEqual(await answeredAs(served, 'ecdsa256'), ['ecdsa-sha2-nistp256']);
    assert.deepEqual(await answeredAs(served, 'rsa', 'rsa-sha2-512'), ['rsa-sha2-512']);
  });

  it('does not take a key without a signature that fits', async () => {
    const { asked, authenticate } = asking(async () => login);
    await using served = await serveSftp({ authenticate });
    const parsed = ssh2.utils.parseKey(keyPair('ed25519').private);
    assert.ok(!(parsed instanceof Error));
    const stolen = Object.create(parsed, {
      sign: { value: () => Buffer.alloc(64, 1) },
    }) as typeof parsed;
    const { isIn } = await attempt(served, [{ type: 'publickey', username: 'alice', key: stolen }]);
    assert.equal(isIn, false);
    assert.deepEqual(
      asked.map(({ method }) => method.kind === 'publickey' && method.isProven),
      [false],
    );
    const failure = await served.event(({ kind }) => kind === 'auth-failure');
    assert.ok(failure.kind === 'auth-failure');
    assert.equal(failure.reason, 'the signature is wrong');
  });

  it('lets in by a key and then a password where both are wanted', async () => {
    const { asked, authenticate } = asking(async ({ method, passed }) => {
      if (method.kind === 'publickey') return 'more';
      return method.password === 'right' && passed.includes('publickey') ? login : undefined;
    });
    await using served = await serveSftp({ authenticate });
    const { isIn, lists } = await attempt(served, [
      password('right'),
      key('ed25519'),
      password('wrong'),
      password('right'),
    ]);
    assert.equal(isIn, true);
    assert.deepEqual(lists, [
      [['publickey', 'password'], false],
      [['password'], true],
      [['password'], false],
    ]);
    assert.deepEqual(
      asked.map(({ passed }) => passed),
      [[], [], [], ['publickey'], ['publickey']],
    );
    const connected = await served.event(({ kind }) => kind === 'connected');
    assert.ok(connected.kind === 'connected');
    assert.equal(connected.method, 'publickey,password');
    assert.equal(connected.publicKey?.type, 'ssh-ed25519');
  });

  it('ends after so many failures', async () => {
    await using served = await serveSftp({ limits: { authenticationAttempts: 3 } });
    const wrong = Array.from({ length: 9 }, () => password('wrong'));
    assert.equal((await attempt(served, wrong)).isIn, false);
    const ended = await served.event(({ kind }) => kind === 'disconnected');
    assert.ok(ended.kind === 'disconnected');
    assert.equal(ended.reason, 'too many failed logins');
    assert.equal(served.events.filter(({ kind }) => kind === 'auth-failure').length, 3);
  });

  it('refuses when nobody can say, and methods that it does not know', async () => {
    const authenticate = async () => {
      throw new Error('the directory is away');
    };
    await using served = await serveSftp({ authenticate });
    const interactive: AnyAuthMethod = {
      type: 'keyboard-interactive',
      username: 'alice',
      prompt: () => {},
    };
    assert.equal((await attempt(served, [password('x'), interactive])).isIn, false);
    assert.deepEqual(
      served.events.flatMap((event) => (event.kind === 'auth-failure' ? [event.reason] : [])),
      ['could not be checked: the directory is away', 'the method is not supported'],
    );
  });

  it('gives up clients that do not log in in time, also those that say nothing at all', async () => {
    const clock = createFixedClock();
    const held = Promise.withResolvers<undefined>();
    const { asked, authenticate } = asking(() => held.promise);
    await using served = await serveSftp({ clock, authenticate, limits: { loginMilliseconds: 30_000 } });
    const attempted = attempt(served, [password('slow')]);
    while (asked.length === 0) await new Promise(setImmediate);
    clock.advance(29_999);
    assert.deepEqual(served.events, []);
    clock.advance(1);
    assert.equal((await attempted).isIn, false);
    held.resolve(undefined);
    const ended = await served.event(({ kind }) => kind === 'disconnected');
    assert.ok(ended.kind === 'disconnected');
    assert.deepEqual([ended.userName, ended.reason], [undefined, 'the login took too long']);
  });

  it('admits no more sessions than it may', async () => {
    await using served = await serveSftp({ limits: { sessions: 2 } });
    using first = await connect(served);
    using _second = await connect(served);
    await assert.rejects(connect(served));
    const rejected = await served.event(({ kind }) => kind === 'rejected');
    assert.ok(rejected.kind === 'rejected');
    assert.equal(rejected.reason, 'too many sessions');
    first.end();
    await served.event(({ kind, sessionId }) => kind === 'disconnected' && sessionId.endsWith('1'));
    using _third = await connect(served);
  });

  it('ends sessions without requests, and those whose client does not answer', async () => {
    const clock = createFixedClock();
    await using served = await serveSftp({ clock, limits: { idleMilliseconds: 1000 } });
    using client = await connect(served);
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.sftp((error, opened) => (error ? reject(error) : resolve(opened)));
    });
    const ask = () => new Promise((resolve) => sftp.realpath('.', resolve));
    for (let turn = 0; turn < 5; turn += 1) {
      clock.advance(999);
      await ask();
    }
    assert.deepEqual(
      served.events.map(({ kind }) => kind),
      ['connected'],
    );
    clock.advance(1000);
    const ended = await served.event(({ kind }) => kind === 'disconnected');
    assert.ok(ended.kind === 'disconnected');
    assert.equal(ended.reason, 'idle');
  });
});
