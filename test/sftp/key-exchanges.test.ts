import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ClientLists } from '../../src/sftp/ssh/client-lists.ts';
import {
  BY_APPLICATION,
  exchangeHybrid,
  exchangeInGroup,
  FAILED,
  GROUP_EXCHANGE,
  type Half,
  HYBRIDS,
  init,
  mlKem,
  serve,
  x25519,
} from '../support/exchange-keys.ts';
import { RawSsh } from '../support/raw-ssh.ts';

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
