import assert from 'node:assert/strict';
import {
  createECDH,
  createHash,
  createPublicKey,
  decapsulate,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FieldReader } from '../../src/sftp/packets/field-reader.ts';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { IMPLEMENTED } from '../../src/sftp/ssh/algorithms.ts';
import { ClientLists } from '../../src/sftp/ssh/client-lists.ts';
import { chooseGroup } from '../../src/sftp/ssh/group-exchange.ts';
import { field, RawSsh } from '../support/raw-ssh.ts';
import { serveSftp } from '../support/sftp-server.ts';

const GROUP_EXCHANGE = 'diffie-hellman-group-exchange-sha256';
const FAILED = 3;
const BY_APPLICATION = 11;

/** One half of a hybrid as the client does it: what it sends, and what it makes of the answer. */
interface Half {
  readonly share: Buffer;
  readonly answerBytes: number;
  secret(answer: Buffer): Buffer;
}

function mlKem(type: 'ml-kem-768' | 'ml-kem-1024'): Half {
  const [bytes, answerBytes] = type === 'ml-kem-768' ? [1184, 1088] : [1568, 1568];
  // The types know one name at a time.
  const { publicKey, privateKey } = generateKeyPairSync(type as 'ml-kem-768');
  const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(-bytes);
  return { share, answerBytes, secret: (answer) => decapsulate(privateKey, answer) };
}

function x25519(): Half {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const whole = publicKey.export({ type: 'spki', format: 'der' });
  const [start, share] = [whole.subarray(0, -32), whole.subarray(-32)];
  const key = (answer: Buffer) =>
    createPublicKey({ key: Buffer.concat([start, answer]), type: 'spki', format: 'der' });
  return {
    share,
    answerBytes: 32,
    secret: (answer) => diffieHellman({ privateKey, publicKey: key(answer) }),
  };
}

function nist(curve: string): Half {
  const keys = createECDH(curve);
  const share = keys.generateKeys();
  return { share, answerBytes: share.length, secret: (answer) => keys.computeSecret(answer) };
}

const HYBRIDS = {
  'mlkem768x25519-sha256': { hash: 'sha256', halves: () => [mlKem('ml-kem-768'), x25519()] },
  'mlkem768nistp256-sha256': { hash: 'sha256', halves: () => [mlKem('ml-kem-768'), nist('prime256v1')] },
  'mlkem1024nistp384-sha384': { hash: 'sha384', halves: () => [mlKem('ml-kem-1024'), nist('secp384r1')] },
} as const;

const init = (share: Uint8Array, type = 30): Buffer =>
  new FieldWriter(type).string(share).packet().subarray(4);
const request = (least: number, preferred: number, most: number): Buffer =>
  new FieldWriter(34).uint32(least).uint32(preferred).uint32(most).packet().subarray(4);

/** As draft-ietf-sshm-mlkem-hybrid-kex says. */
async function exchangeHybrid(
  client: RawSsh,
  name: keyof typeof HYBRIDS,
  beforeNewKeys: () => void = () => {},
): Promise<void> {
  const { hash } = HYBRIDS[name];
  const [quantum, classical] = HYBRIDS[name].halves() as [Half, Half];
  const share = Buffer.concat([quantum.share, classical.share]);
  client.send(init(share));
  const reply = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(reply.byte(), 31);
  const [hostKey, answer, signature] = [reply.string(), reply.string(), reply.string()];
  assert.ok(reply.isAtEnd);
  assert.equal(answer.length, quantum.answerBytes + classical.answerBytes);
  const secrets = [
    quantum.secret(answer.subarray(0, quantum.answerBytes)),
    classical.secret(answer.subarray(quantum.answerBytes)),
  ];
  const secret = createHash(hash).update(Buffer.concat(secrets)).digest();
  beforeNewKeys();
  await client.take(
    { hash, signed: Buffer.concat([field(share), field(answer)]), secret },
    hostKey,
    signature,
  );
}

const big = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString('hex')}`);

/** As RFC 4253 writes numbers that are not negative. */
function numberOf(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(even >= '8' ? `00${even}` : even, 'hex');
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

/** As RFC 4419 says; gives the size of the group. */
async function exchangeInGroup(client: RawSsh, sizes: readonly [number, number, number]): Promise<number> {
  client.send(request(...sizes));
  const group = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(group.byte(), 31);
  const [prime, generator] = [group.string(), group.string()];
  const [modulus, exponent] = [big(prime), big(randomBytes(40))];
  const share = numberOf(power(big(generator), exponent, modulus));
  client.send(init(share, 32));
  const reply = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(reply.byte(), 33);
  const [hostKey, answer, signature] = [reply.string(), reply.string(), reply.string()];
  const signed = Buffer.concat([
    request(...sizes).subarray(1),
    ...[prime, generator, share, answer].map(field),
  ]);
  await client.take(
    { hash: 'sha256', signed, secret: numberOf(power(big(answer), exponent, modulus)) },
    hostKey,
    signature,
  );
  return modulus.toString(2).length;
}

const serve = (...keyExchanges: readonly string[]) =>
  serveSftp({ settings: { algorithms: { ...IMPLEMENTED, keyExchanges } } });

describe('hybrid key exchanges', () => {
  for (const name of Object.keys(HYBRIDS) as (keyof typeof HYBRIDS)[]) {
    it(`${name} agrees on keys, and on new ones`, async () => {
      await using served = await serve('curve25519-sha256', name);
      using client = await RawSsh.connect(served);
      for (let turn = 0; turn < 3; turn += 1) {
        await client.propose(['unknown', name, 'curve25519-sha256']);
        await exchangeHybrid(client, name);
        assert.ok(await client.isUnderstood());
      }
    });

    it(`${name} fails for whatever is no share, and nothing else does`, async () => {
      await using served = await serve(name);
      const [{ share: quantum }, { share: classical }] = HYBRIDS[name].halves() as [Half, Half];
      const tooLarge = Buffer.alloc(quantum.length, 0xff);
      const shares = [
        Buffer.alloc(0),
        quantum,
        Buffer.concat([quantum, classical, Buffer.of(0)]),
        Buffer.concat([quantum, classical]).subarray(1),
        Buffer.concat([tooLarge, classical]),
        Buffer.concat([quantum, Buffer.alloc(classical.length)]),
        Buffer.alloc(30_000),
      ];
      for (const [at, share] of shares.entries()) {
        using client = await RawSsh.connect(served);
        await client.propose([name]);
        client.send(init(share));
        assert.equal(await client.disconnected(), FAILED, `share ${at}`);
        assert.equal(await client.receive(), undefined);
      }
      for (const message of [Buffer.of(30), Buffer.from([30, 0, 0, 255, 255, 1]), init(quantum, 32)]) {
        using client = await RawSsh.connect(served);
        await client.propose([name]);
        client.send(message);
        assert.equal(await client.disconnected(), FAILED);
      }
      using client = await RawSsh.connect(served);
      await client.propose([name]);
      await exchangeHybrid(client, name);
      assert.ok(await client.isUnderstood());
    });
  }

  it('take points in the uncompressed form alone', async () => {
    await using served = await serve('mlkem768nistp256-sha256');
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    for (const form of ['compressed', 'hybrid'] as const) {
      using client = await RawSsh.connect(served);
      await client.propose(['mlkem768nistp256-sha256']);
      client.send(init(Buffer.concat([mlKem('ml-kem-768').share, keys.getPublicKey(null, form)])));
      assert.equal(await client.disconnected(), FAILED);
    }
  });
});

describe('group exchange', () => {
  const cases = [
    { asked: [2048, 2048, 2048], bits: 2048 },
    { asked: [1024, 1024, 8192], bits: 2048 },
    { asked: [2048, 2049, 8192], bits: 3072 },
    { asked: [2048, 4096, 8192], bits: 4096 },
    { asked: [2048, 7680, 8192], bits: 8192 },
    { asked: [2048, 7680, 7680], bits: 6144 },
    { asked: [3000, 3000, 4000], bits: 3072 },
    { asked: [0, 0, 2 ** 32 - 1], bits: 2048 },
    { asked: [2048, 2 ** 32 - 1, 2 ** 32 - 1], bits: 8192 },
  ] as const;

  for (const { asked, bits } of cases) {
    it(`gives ${bits} bits to who asks for ${asked.join(', ')}`, async () => {
      await using served = await serve(GROUP_EXCHANGE);
      using client = await RawSsh.connect(served);
      await client.propose([GROUP_EXCHANGE]);
      assert.equal(await exchangeInGroup(client, asked), bits);
      assert.ok(await client.isUnderstood());
      await client.propose([GROUP_EXCHANGE]);
      assert.equal(await exchangeInGroup(client, [2048, 2048, 8192]), 2048);
      assert.ok(await client.isUnderstood());
    });
  }

  it('fails for who takes no group that is safe, or asks for nonsense', async () => {
    await using served = await serve(GROUP_EXCHANGE);
    const messages = [
      request(1024, 1024, 1024),
      request(1024, 1536, 2047),
      request(8193, 8193, 16_384),
      request(4096, 2048, 8192),
      request(2048, 8192, 4096),
      request(6145, 6200, 8000),
      Buffer.of(34),
      request(2048, 2048, 8192).subarray(0, -1),
      Buffer.concat([request(2048, 2048, 8192), Buffer.of(0)]),
      // The request of old, which had one number.
      Buffer.from([30, 0, 0, 8, 0]),
      init(Buffer.of(2), 32),
    ];
    for (const message of messages) {
      using client = await RawSsh.connect(served);
      await client.propose([GROUP_EXCHANGE]);
      client.send(message);
      assert.equal(await client.disconnected(), FAILED, message.toString('hex'));
    }
  });

  it('fails for shares that are none', async () => {
    await using served = await serve(GROUP_EXCHANGE);
    const prime = chooseGroup({ least: 2048, preferred: 2048, most: 2048 })?.getPrime() ?? Buffer.alloc(0);
    const numbers = [0n, 1n, big(prime) - 1n, big(prime), big(prime) + 1n].map(numberOf);
    const good = numberOf(power(2n, big(randomBytes(40)), big(prime)));
    const negative = Buffer.concat([Buffer.of(0xff), good.subarray(1)]);
    const shares = [Buffer.alloc(0), ...numbers, Buffer.alloc(30_000, 1), negative];
    const messages = [
      ...shares.map((share) => init(share, 32)),
      Buffer.from([32, 0, 0, 255, 255, 1]),
      Buffer.of(32),
      init(good, 30),
      request(2048, 2048, 8192),
    ];
    for (const message of messages) {
      using client = await RawSsh.connect(served);
      await client.propose([GROUP_EXCHANGE]);
      client.send(request(2048, 2048, 2048));
      await client.receive();
      client.send(message);
      assert.equal(await client.disconnected(), FAILED, message.subarray(0, 20).toString('hex'));
    }
    using client = await RawSsh.connect(served);
    await client.propose([GROUP_EXCHANGE]);
    assert.equal(await exchangeInGroup(client, [2048, 2048, 2048]), 2048);
  });

  it('is not offered to clients that are known to do it wrongly', async () => {
    await using served = await serve(GROUP_EXCHANGE, 'curve25519-sha256');
    using client = await RawSsh.connect(served, 'SSH-2.0-Cisco-1.25');
    const [offered] = await client.propose([GROUP_EXCHANGE, 'curve25519-sha256']);
    assert.deepEqual(offered, ['curve25519-sha256', 'kex-strict-s-v00@openssh.com']);
    client.send(request(2048, 2048, 8192));
    assert.equal(await client.disconnected(), FAILED);
  });
});

describe('the choice of a key exchange', () => {
  const HYBRID = 'mlkem768x25519-sha256';

  it('is the first of the client that is offered, whatever else it names', async () => {
    await using served = await serve(GROUP_EXCHANGE, HYBRID);
    using client = await RawSsh.connect(served);
    await client.propose(['diffie-hellman-group14-sha256', 'curve25519-sha256', HYBRID, GROUP_EXCHANGE]);
    await exchangeHybrid(client, HYBRID);
    assert.ok(await client.isUnderstood());
    await client.propose(['diffie-hellman-group14-sha256', GROUP_EXCHANGE, HYBRID]);
    assert.equal(await exchangeInGroup(client, [2048, 3072, 8192]), 3072);
    assert.ok(await client.isUnderstood());
  });

  it('is none where nothing is in common', async () => {
    await using served = await serve(GROUP_EXCHANGE, HYBRID);
    for (const names of [['diffie-hellman-group14-sha256'], ['curve25519-sha256', 'mlkem'], ['']]) {
      using client = await RawSsh.connect(served);
      await client.propose(names);
      assert.equal(await client.disconnected(), FAILED);
    }
  });

  it('drops the packet of a client that guessed another exchange or host key', async () => {
    await using served = await serve(GROUP_EXCHANGE, HYBRID);
    await using own = await serve(HYBRID);
    for (const [peer, first, hostKeys] of [
      [served, 'curve25519-sha256', ['ssh-ed25519']],
      [served, HYBRID, ['ssh-ed25519']],
      [own, HYBRID, ['ecdsa-sha2-nistp256', 'ssh-ed25519']],
    ] as const) {
      using client = await RawSsh.connect(peer);
      await client.propose([first, HYBRID], { isGuessing: true, hostKeys });
      client.send(init(x25519().share));
      await exchangeHybrid(client, HYBRID);
      assert.ok(await client.isUnderstood());
    }
  });

  it('takes the packet of a client that guessed what both prefer', { timeout: 60_000 }, async () => {
    await using served = await serve(HYBRID, 'curve25519-sha256');
    using client = await RawSsh.connect(served);
    await client.propose([HYBRID, 'diffie-hellman-group14-sha256'], { isGuessing: true });
    await exchangeHybrid(client, HYBRID);
    assert.ok(await client.isUnderstood());
    await using other = await serve('curve25519-sha256', HYBRID);
    using plain = await RawSsh.connect(other);
    await plain.propose(['curve25519-sha256', HYBRID], { isGuessing: true });
    plain.send(init(x25519().share));
    assert.equal((await plain.receive())?.[0], 31);
  });

  it('cuts off who goes on exchanging keys before the login', async () => {
    await using served = await serve(HYBRID);
    using client = await RawSsh.connect(served);
    const exchange = async (): Promise<void> => {
      await client.propose([HYBRID]);
      await exchangeHybrid(client, HYBRID);
    };
    for (let count = 1; count <= 3; count++) await exchange();
    assert.ok(await client.isUnderstood());
    await exchange();
    assert.equal(await client.disconnected(), BY_APPLICATION);
  });

  it('tells a client that it stops under the keys that both have agreed on', async () => {
    for (const count of [1, 2]) {
      await using served = await serve(HYBRID);
      using client = await RawSsh.connect(served);
      for (let at = 1; at < count; at++) {
        await client.propose([HYBRID]);
        await exchangeHybrid(client, HYBRID);
      }
      await client.propose([HYBRID]);
      await exchangeHybrid(client, HYBRID, () => void served.server.stop());
      assert.equal(await client.disconnected(), BY_APPLICATION);
    }
  });

  it('survives whatever a client sends then', async () => {
    await using served = await serve(...Object.keys(HYBRIDS), GROUP_EXCHANGE);
    const name = fc.constantFrom(...Object.keys(HYBRIDS), GROUP_EXCHANGE);
    const message = fc.tuple(fc.integer({ min: 20, max: 49 }), fc.uint8Array({ maxLength: 2000 }));
    await fc.assert(
      fc.asyncProperty(name, fc.array(message, { minLength: 1, maxLength: 3 }), async (one, messages) => {
        using client = await RawSsh.connect(served);
        await client.propose([one]);
        for (const [type, rest] of messages) client.send(Buffer.of(type, ...rest));
        assert.equal(await client.disconnected(), FAILED);
      }),
      { numRuns: 100 },
    );
    using client = await RawSsh.connect(served);
    await client.propose([HYBRID]);
    await exchangeHybrid(client, HYBRID);
    assert.ok(await client.isUnderstood());
  });

  it('is read from lists of any form', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const lengths = fc.constantFrom([], [0, 0, 0, 3], [0, 0, 1, 0], [255, 255, 255, 255]);
    fc.assert(
      fc.property(bytes, lengths, bytes, (cookie, length, rest) => {
        const payload = Buffer.from([20, ...Buffer.alloc(16, Buffer.of(1, ...cookie)), ...length, ...rest]);
        const named = new ClientLists(payload).naming('a', 'b');
        assert.ok(
          Buffer.from(new ClientLists(named).naming('a', 'b')).equals(
            new ClientLists(payload).naming('', ''),
          ),
        );
      }),
    );
  });
});
