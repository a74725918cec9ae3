import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { chooseGroup } from '../../src/sftp/ssh/group-exchange.ts';
import {
  big,
  exchangeInGroup,
  FAILED,
  GROUP_EXCHANGE,
  init,
  numberOf,
  power,
  request,
  serve,
} from '../support/exchange-keys.ts';
import { RawSsh } from '../support/raw-ssh.ts';

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
