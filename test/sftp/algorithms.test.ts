import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SshAlgorithms } from '../../src/sftp/sftp-server.ts';
import { IMPLEMENTED, negotiable } from '../../src/sftp/ssh/algorithms.ts';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { letInByKey, sftpBatch } from '../support/openssh.ts';
import { isMissing, runProgram } from '../support/run-program.ts';
import { keyPair, type ServedSftp, serveSftp } from '../support/sftp-server.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../support/temporary-directory.ts';

const KEY_TYPES = ['ed25519', 'rsa', 'ecdsa256', 'ecdsa384', 'ecdsa521'] as const;
const hostKeys = KEY_TYPES.map((type) => keyPair(type).private);

/** OpenSSH's option for each list, and what asks it which names it knows itself. */
const OPTIONS = {
  ciphers: { option: 'Ciphers', query: 'cipher' },
  keyExchanges: { option: 'KexAlgorithms', query: 'kex' },
  macs: { option: 'MACs', query: 'mac' },
  hostKeys: { option: 'HostKeyAlgorithms', query: 'key-sig' },
} as const;

describe('algorithms of SSH', { skip: isMissing('sftp', 'openssh-client') }, () => {
  let directory: TemporaryDirectory;
  before(async () => {
    directory = await makeTemporaryDirectory();
  });
  after(() => directory.remove());

  const serve = async (algorithms: SshAlgorithms = IMPLEMENTED) => {
    const tree = createMemoryTree();
    const authenticate = letInByKey('ed25519', tree);
    return serveSftp({ tree, authenticate, settings: { hostKeys, algorithms } });
  };
  const names = async (list: keyof SshAlgorithms): Promise<readonly string[]> => {
    const { stdout } = await runProgram(['ssh', '-Q', OPTIONS[list].query]);
    const known = stdout.split('\n');
    // RSA is asked for by the names of its signatures.
    return IMPLEMENTED[list].filter((name) => known.includes(name) || name.startsWith('rsa-'));
  };
  const lastExchange = ({ events }: ServedSftp): string | undefined =>
    events.flatMap((event) => (event.kind === 'connected' ? [event.keyExchange] : [])).at(-1);
  /** A MAC is only used beside a cipher that has none of its own. */
  const beside = (list: keyof SshAlgorithms): readonly string[] =>
    list === 'macs' ? ['-o', 'Ciphers=aes256-ctr'] : [];

  for (const list of Object.keys(OPTIONS) as (keyof SshAlgorithms)[]) {
    it(`works with each of the ${list}`, async () => {
      await using served = await serve();
      const all = await names(list);
      assert.ok(all.length >= 4);
      for (const name of all) {
        const options = ['-o', `${OPTIONS[list].option}=${name}`, ...beside(list)];
        const { code, stderr } = await sftpBatch(served, ['pwd'], { folder: directory.path, options });
        assert.equal(code, 0, `${name}: ${stderr}`);
        if (list === 'keyExchanges') assert.equal(lastExchange(served), name);
      }
    });

    it(`never agrees on one of the ${list} that is not in the list`, async () => {
      const all = await names(list);
      for (const [at, name] of all.entries()) {
        const left = IMPLEMENTED[list].filter((other) => other !== name);
        await using served = await serve({ ...IMPLEMENTED, [list]: left });
        const options = ['-o', `${OPTIONS[list].option}=${name}`, ...beside(list)];
        const { code, stderr } = await sftpBatch(served, ['pwd'], { folder: directory.path, options });
        assert.notEqual(code, 0, name);
        assert.match(stderr, /no matching|Connection closed|Unable to negotiate/, `${at}: ${name}`);
      }
    });
  }

  it('offers exactly what is in the lists, in their order', async () => {
    const algorithms = {
      ciphers: ['aes256-ctr', 'unknown-cipher', 'aes128-gcm@openssh.com'],
      keyExchanges: [
        'ecdh-sha2-nistp384',
        'diffie-hellman-group-exchange-sha256',
        'diffie-hellman-group-exchange-sha1',
        'curve25519-sha256',
      ],
      macs: ['umac-128@openssh.com', 'hmac-sha2-512', 'hmac-sha2-256-etm@openssh.com'],
      hostKeys: ['rsa-sha2-512', 'ssh-ed25519', 'rsa-sha2-256'],
    };
    await using served = await serve(algorithms);
    const offers: string[] = [];
    const client = new ssh2.Client();
    const ended = Promise.withResolvers<void>();
    client.on('close', ended.resolve).on('error', () => {});
    const { host, port } = served.server;
    const debug = (line: string): void => void (line.includes('(remote)') && offers.push(line));
    client.connect({ host, port, username: 'nobody', debug });
    await ended.promise;
    const offered = (of: string): string | undefined =>
      offers
        .find((line) => line.includes(`(remote) ${of}:`))
        ?.split(': ')
        .at(-1);
    const exchanges = 'ecdh-sha2-nistp384,diffie-hellman-group-exchange-sha256,curve25519-sha256';
    assert.equal(offered('KEX method'), `${exchanges},kex-strict-s-v00@openssh.com`);
    assert.equal(offered('Host key format'), 'rsa-sha2-512,ssh-ed25519,rsa-sha2-256');
    assert.equal(offered('C->S cipher'), 'aes256-ctr,aes128-gcm@openssh.com');
    assert.equal(offered('S->C cipher'), 'aes256-ctr,aes128-gcm@openssh.com');
    assert.equal(offered('C->S MAC'), 'hmac-sha2-512,hmac-sha2-256-etm@openssh.com');
    assert.equal(offered('S->C compression'), 'none');
  });

  it('refuses lists of which nothing is implemented, and keys that fit none', async () => {
    assert.throws(() => negotiable({ ...IMPLEMENTED, macs: ['umac-64@openssh.com'] }), /None of the macs/);
    assert.throws(() => negotiable({ ...IMPLEMENTED, ciphers: [] }), /None of the ciphers/);
    const only = (list: keyof SshAlgorithms, ...wanted: readonly string[]) =>
      serve({ ...IMPLEMENTED, [list]: wanted });
    await assert.rejects(
      only('keyExchanges', 'x25519-kyber-512r3-sha256-d00@amazon.com'),
      /None of the keyExchanges/,
    );
    const settings = { hostKeys: [keyPair('rsa').private] };
    const algorithms = { ...IMPLEMENTED, hostKeys: ['ssh-ed25519'] };
    await assert.rejects(serveSftp({ settings: { ...settings, algorithms } }), /No host key/);
    await assert.rejects(serveSftp({ settings: { hostKeys: ['no key'] } }), /cannot be read/);
    await assert.rejects(serveSftp({ settings: { hostKeys: [keyPair('rsa').public] } }), /not a private key/);
  });

  it('is configured anew for connections to come', async () => {
    await using served = await serve();
    served.server.configure({ hostKeys, algorithms: { ...IMPLEMENTED, ciphers: ['aes192-ctr'] } });
    const run = (cipher: string) =>
      sftpBatch(served, ['pwd'], { folder: directory.path, options: ['-c', cipher] });
    assert.notEqual((await run('aes256-ctr')).code, 0);
    assert.equal((await run('aes192-ctr')).code, 0);
    assert.throws(() => served.server.configure({ hostKeys: [], algorithms: IMPLEMENTED }), /No host key/);
    assert.equal((await run('aes192-ctr')).code, 0);
  });

  for (const key of KEY_TYPES) {
    it(`lets a user in by a key of type ${key}`, async () => {
      const tree = createMemoryTree();
      await using served = await serveSftp({ tree, authenticate: letInByKey(key, tree) });
      const { code, stderr } = await sftpBatch(served, ['pwd'], { folder: directory.path, key });
      assert.equal(code, 0, stderr);
      const connected = served.events.find((event) => event.kind === 'connected');
      assert.ok(connected?.kind === 'connected');
      assert.equal(connected.method, 'publickey');
      assert.equal(
        Buffer.from(connected.publicKey?.key ?? []).toString('base64'),
        keyPair(key).public.split(' ')[1],
      );
      assert.equal(connected.publicKey?.type, keyPair(key).public.split(' ')[0]);
    });
  }

  for (const name of ['rsa-sha2-256', 'rsa-sha2-512', 'ssh-rsa']) {
    it(`takes signatures of ${name} ${name === 'ssh-rsa' ? 'only where it is listed' : ''}`, async () => {
      const tree = createMemoryTree();
      const authenticate = letInByKey('rsa', tree);
      const options = ['-o', `PubkeyAcceptedAlgorithms=${name}`];
      const run = async (listed: readonly string[]) => {
        const algorithms = { ...IMPLEMENTED, hostKeys: ['ssh-ed25519', ...listed] };
        await using served = await serveSftp({ tree, authenticate, settings: { hostKeys, algorithms } });
        return await sftpBatch(served, ['pwd'], { folder: directory.path, key: 'rsa', options });
      };
      const { code, stderr } = await run(['ssh-rsa']);
      assert.equal(code, 0, stderr);
      assert.equal((await run([])).code === 0, name !== 'ssh-rsa');
    });
  }
});
