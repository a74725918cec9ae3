import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Client } from 'ssh2';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { REQUEST } from '../../src/sftp/packets/names.ts';
import type { SessionEvent } from '../../src/sftp/sftp-server.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { FX, RawSftp, statusOf } from '../support/raw-sftp.ts';
import { connect, type ServedSftp, serveSftp } from '../support/sftp-server.ts';

/** What ssh2's client does not let anybody do is done with its inside. */
interface Inside {
  readonly _sock: Socket;
  readonly _protocol: {
    session(channel: number, window: number, packetSize: number): void;
    channelClose(channel: number): void;
    channelData(channel: number, data: Buffer): void;
  };
}

const insideOf = (client: Client): Inside => client as unknown as Inside;
const isOver = ({ kind }: SessionEvent): boolean => kind === 'disconnected';

async function socketTo({ server }: Pick<ServedSftp, 'server'>): Promise<Socket> {
  const socket = connectSocket(server.port, server.host);
  await once(socket, 'connect');
  socket.on('error', () => {}).resume();
  return socket;
}

function endReason(events: readonly SessionEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'disconnected' ? [event.reason] : []));
}

/** The server still serves who means well. */
async function serves(served: ServedSftp): Promise<void> {
  using client = await connect(served);
  const sftp = await RawSftp.start(client);
  assert.equal((await sftp.status(REQUEST.REMOVE, (to) => to.text('/nothing')))[0], FX.NO_SUCH_FILE);
}

describe('peers that do not speak SSH', () => {
  it('are given up, whatever bytes they send', async () => {
    await using served = await serveSftp();
    const ident = Buffer.from('SSH-2.0-OpenSSH_9.2\r\n');
    const start = fc.constantFrom(
      Buffer.alloc(0),
      ident,
      Buffer.concat([ident, Buffer.from([0, 0, 1, 0x0c, 4, 20])]),
    );
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 3000 });
    await fc.assert(
      fc.asyncProperty(start, bytes, async (before, after) => {
        const socket = await socketTo(served);
        socket.end(Buffer.concat([before, Buffer.from(after)]));
        await once(socket, 'close');
      }),
      { numRuns: 200 },
    );
    await serves(served);
  });

  it('cost a place only until the time for the login is over', async () => {
    const clock = createFixedClock();
    await using served = await serveSftp({ clock, limits: { sessions: 20, loginMilliseconds: 1000 } });
    const sockets = await Promise.all(Array.from({ length: 20 }, () => socketTo(served)));
    for (const socket of sockets.slice(10)) socket.write('SSH-2.0-slow');
    const refused = await socketTo(served);
    await once(refused, 'close');
    clock.advance(1000);
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    while (served.events.filter(isOver).length < 20) await new Promise(setImmediate);
    await serves(served);
  });

  it('may come by the thousand', async () => {
    await using served = await serveSftp({ limits: { sessions: 50 } });
    for (let turn = 0; turn < 20; turn += 1) {
      const sockets = await Promise.all(Array.from({ length: 100 }, () => socketTo(served)));
      for (const socket of sockets) socket.destroy();
    }
    while (served.events.length < 2000) await new Promise(setImmediate);
    await serves(served);
  });
});

describe('peers that do not speak SFTP', () => {
  const broken: Readonly<Record<string, readonly [Buffer, RegExp]>> = {
    'a packet of 4 GiB': [Buffer.from([0xff, 0xff, 0xff, 0xff, 6]), /a packet of 4294967295 bytes/],
    'an empty packet': [Buffer.from([0, 0, 0, 0, 6]), /a packet of no bytes/],
    'a request without an id': [Buffer.from([0, 0, 0, 2, 17, 0]), /without an id/],
    'a second INIT': [Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]), /a second INIT/],
  };

  for (const [name, [bytes, message]] of Object.entries(broken)) {
    it(`lose their channel and nothing else: ${name}`, async () => {
      const tree = createMemoryTree();
      await using served = await serveSftp({ tree });
      using client = await connect(served);
      const sftp = await RawSftp.start(client);
      const handle = await sftp.open('/a', 'WRITE', 'CREATE');
      const written = sftp.send(REQUEST.WRITE, (to) => to.string(handle).uint64(0).text('kept'));
      sftp.sendBytes(bytes);
      sftp.send(REQUEST.REMOVE, (to) => to.text('/a'));
      await sftp.reply(written);
      assert.equal(await sftp.closed, 1);
      const event = await served.event(({ kind }) => kind === 'error');
      assert.ok(event.kind === 'error');
      assert.match(event.message, message);
      assert.deepEqual(tree.endings, [{ path: '/a', how: 'broken' }]);
      assert.equal(tree.content('/a')?.toString(), 'kept');
      const again = await RawSftp.start(client);
      assert.equal((await again.status(REQUEST.REMOVE, (to) => to.text('/a')))[0], FX.OK);
    });
  }

  it('lose their channel when they ask before INIT', async () => {
    await using served = await serveSftp();
    using client = await connect(served);
    const sftp = await RawSftp.open(client);
    sftp.send(REQUEST.REMOVE, (to) => to.text('/a'));
    assert.equal(await sftp.closed, 1);
  });

  it('never harm the server, whatever bytes they send', async () => {
    await using served = await serveSftp();
    using client = await connect(served);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 400 })), async (pieces) => {
        const sftp = await RawSftp.start(client);
        for (const piece of pieces)
          sftp.sendBytes(Buffer.from([0, 0, 0, piece.length, ...piece]).subarray(0, 200));
        sftp.channel.end();
        await sftp.closed;
      }),
      { numRuns: 100 },
    );
    await serves(served);
  });
});

describe('peers that leave', () => {
  it('have their unfinished files closed as broken, once, after what they sent', async () => {
    const tree = createMemoryTree();
    await using served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.start(client);
    const handle = await sftp.open('/a', 'WRITE', 'CREATE');
    await sftp.open('/b', 'READ', 'WRITE', 'CREATE');
    const gate = Promise.withResolvers<void>();
    tree.before = (call) => (call === 'write' ? gate.promise : undefined);
    for (let at = 0; at < 10; at += 1) {
      sftp.send(REQUEST.WRITE, (to) =>
        to
          .string(handle)
          .uint64(at * 10)
          .text('0123456789'),
      );
    }
    await new Promise((resolve) => insideOf(client)._sock.write('', resolve));
    client.destroy();
    gate.resolve();
    await served.event(isOver);
    assert.deepEqual([...tree.endings].sort(byPath), [
      { path: '/a', how: 'broken' },
      { path: '/b', how: 'broken' },
    ]);
    assert.equal((tree.content('/a')?.length ?? 0) % 10, 0);
  });

  it('are awaited by who stops the server', async () => {
    const tree = createMemoryTree();
    const served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.start(client);
    await sftp.open('/a', 'WRITE', 'CREATE');
    const gate = Promise.withResolvers<void>();
    const closing = Promise.withResolvers<void>();
    tree.before = (call) => {
      if (call !== 'close') return undefined;
      closing.resolve();
      return gate.promise;
    };
    let isStopped = false;
    const stopped = served.server.stop().then(() => {
      isStopped = true;
    });
    await closing.promise;
    await new Promise(setImmediate);
    assert.equal(isStopped, false);
    gate.resolve();
    await stopped;
    assert.deepEqual(tree.endings, [{ path: '/a', how: 'broken' }]);
    assert.deepEqual(endReason(served.events), ['the server stops']);
    await served.server.stop();
  });

  it('by the end of what they say get their answers, and the end of the channel', async () => {
    const tree = createMemoryTree();
    await using served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.start(client);
    const handle = await sftp.open('/a', 'WRITE', 'CREATE');
    const id = sftp.send(REQUEST.WRITE, (to) => to.string(handle).uint64(0).text('all of it'));
    sftp.channel.end();
    assert.equal((await sftp.reply(id)).type, 101);
    assert.equal(await sftp.closed, 0);
    assert.deepEqual(tree.endings, [{ path: '/a', how: 'broken' }]);
    assert.equal(tree.content('/a')?.toString(), 'all of it');
  });
});

describe('peers that take more than their share', () => {
  it('open no more channels than they may, and may open others for those that they close', async () => {
    await using served = await serveSftp({ limits: { channels: 2 } });
    using client = await connect(served);
    const first = await RawSftp.start(client);
    await RawSftp.start(client);
    await assert.rejects(RawSftp.open(client), /open failure/i);
    first.channel.end();
    await first.closed;
    await RawSftp.start(client);
  });

  it('do not open sessions in vain for ever', async () => {
    await using served = await serveSftp({ limits: { channels: 1000 } });
    using client = await connect(served);
    const refused = () => new Promise<void>((resolve) => void client.exec('id', () => resolve()));
    for (let turn = 0; turn <= 100; turn += 1) {
      await refused();
      insideOf(client)._protocol.channelClose(turn);
    }
    await served.event(isOver);
    assert.deepEqual(endReason(served.events), ['too many sessions without SFTP']);
  });

  it('are not answered where they take packets of no bytes', async () => {
    await using served = await serveSftp();
    using client = await connect(served);
    const protocol = insideOf(client)._protocol;
    const { session } = protocol;
    protocol.session = (channel, window) => session.call(protocol, channel, window, 0);
    const sftp = await RawSftp.open(client);
    sftp.sendBytes(Buffer.from([0, 0, 0, 5, REQUEST.INIT, 0, 0, 0, 3]));
    await sftp.closed;
    await serves(served);
  });

  it('are cut off when they send more than they were granted', async () => {
    const tree = createMemoryTree();
    await using served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.start(client);
    const handle = await sftp.open('/a', 'WRITE', 'CREATE');
    const cutOff = once(insideOf(client)._sock, 'close').then(() => {});
    tree.before = (call) => (call === 'write' ? cutOff : undefined);
    const data = Buffer.alloc(32_000);
    const piece = new FieldWriter(REQUEST.WRITE).uint32(1).string(handle).uint64(0).string(data).packet();
    const { id: channel } = sftp.channel.outgoing as { readonly id: number };
    for (let sent = 0; sent < 1024 && !insideOf(client)._sock.destroyed; sent += 1) {
      insideOf(client)._protocol.channelData(channel, piece);
      if (sent % 16 === 0) await new Promise(setImmediate);
    }
    await served.event(isOver);
    assert.deepEqual(endReason(served.events), ['protocol error: more data than was granted']);
  });

  // How far ssh2 opens its window depends on what it had left when the server stopped reading.
  for (const size of [100_000, 150_000, 200_000, 250_000]) {
    it(`are not cut off for filling what they were granted, with ${size} bytes at a time`, async () => {
      const tree = createMemoryTree();
      await using served = await serveSftp({ tree });
      using client = await connect(served);
      const sftp = await RawSftp.start(client);
      const handle = await sftp.open('/a', 'WRITE', 'CREATE');
      const gate = Promise.withResolvers<void>();
      tree.before = (call) => (call === 'write' ? gate.promise : undefined);
      const data = Buffer.alloc(size, 1);
      const ids = Array.from({ length: 100 }, (_, at) =>
        sftp.send(REQUEST.WRITE, (to) =>
          to
            .string(handle)
            .uint64(at * data.length)
            .string(data),
        ),
      );
      const { outgoing } = sftp.channel as unknown as { readonly outgoing: { readonly window: number } };
      for (let quiet = 0; quiet < 300; quiet = outgoing.window === 0 ? quiet + 1 : 0) {
        await new Promise(setImmediate);
        if (insideOf(client)._sock.destroyed) break;
      }
      gate.resolve();
      for (const id of ids) assert.equal(statusOf(await sftp.reply(id))[0], FX.OK);
      assert.equal(tree.content('/a')?.length, 100 * data.length);
    });
  }

  it('make the server read no further ahead than they let it send', async () => {
    const tree = createMemoryTree();
    tree.put('/a', Buffer.alloc(64 * 1024 * 1024));
    await using served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.start(client);
    const handle = await sftp.open('/a', 'READ');
    let reads = 0;
    tree.before = (call) => {
      if (call === 'read') reads += 1;
      return undefined;
    };
    sftp.channel.pause();
    const size = 128 * 1024;
    const ids = Array.from({ length: 200 }, (_, at) =>
      sftp.send(REQUEST.READ, (to) =>
        to
          .string(handle)
          .uint64(at * size)
          .uint32(size),
      ),
    );
    let before = -1;
    for (let quiet = 0; quiet < 200; ) {
      await new Promise(setImmediate);
      quiet = reads === before ? quiet + 1 : 0;
      before = reads;
    }
    // 2 MiB that the client has granted, as much that waits, and as much again that is being read.
    assert.ok(reads * size <= 12 * 1024 * 1024, `${reads} reads`);
    sftp.channel.resume();
    const replies = await Promise.all(ids.map((id) => sftp.reply(id)));
    assert.ok(replies.every(({ fields }) => fields.string().length === size));
  });

  it('and read nothing of what they make the server say are not read either', async () => {
    await using served = await serveSftp({ limits: { unresponsiveMilliseconds: 40 } });
    using client = await connect(served);
    insideOf(client)._sock.pause();
    const ended = await served.event(isOver);
    assert.ok(ended.kind === 'disconnected');
    assert.equal(ended.reason, 'the client does not answer');
  });
});

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
