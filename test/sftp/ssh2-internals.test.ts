import assert from 'node:assert/strict';
import { KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import type { ClientChannel, Connection, ServerChannel } from 'ssh2';
import { PacketRoom } from '../../src/sftp/ssh/packet-room.ts';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import {
  acceptServiceAgain,
  announceSignatures,
  answeringClose,
  checkVersion,
  packetSizeOf,
  prepareKeys,
  readsAtOnce,
  reusePacketMemory,
} from '../../src/sftp/ssh/ssh2-internals.ts';
import { keyPair, USER } from '../support/sftp-server.ts';

interface SshServer extends AsyncDisposable {
  readonly port: number;
}

async function plainServer(onConnection: (client: Connection) => void): Promise<SshServer> {
  const server = new ssh2.Server({ hostKeys: [keyPair('ed25519').private] }, (client) => {
    client.on('error', () => {});
    client.on('authentication', (context) => context.accept());
    onConnection(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port, [Symbol.asyncDispose]: close };
}

/** Signatures that the server says it takes. */
async function announced({ port }: SshServer): Promise<string | undefined> {
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.on('ready', resolve).on('error', reject);
  const protocolOf = () => client as unknown as { _protocol: { _handlers: Record<string, unknown> } };
  let found: string | undefined;
  client.connect({ host: '127.0.0.1', port, ...USER });
  protocolOf()._protocol._handlers.EXT_INFO = (_: unknown, [info]: readonly { algs: string[] }[]) => {
    found = info?.algs.join(' ');
  };
  await promise;
  client.end();
  await once(client, 'close');
  return found;
}

interface ServiceClient {
  readonly _protocol: { service(name: string): void };
}

/** Asks for the service of logins some times more before it logs in; resolves with whether it got in. */
async function getsIn({ port }: SshServer, services: readonly string[]): Promise<boolean> {
  const client = new ssh2.Client();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  client
    .on('ready', () => resolve(true))
    .on('error', () => resolve(false))
    .on('close', () => resolve(false));
  const left = [...services];
  client.connect({
    host: '127.0.0.1',
    port,
    username: USER.username,
    authHandler: (_methods, _isPartial, next) => {
      const service = left.shift();
      if (service === undefined) next({ type: 'password', ...USER });
      else (client as unknown as ServiceClient)._protocol.service(service);
    },
  });
  const isIn = await promise;
  client.destroy();
  return isIn;
}

interface ClosingClient {
  readonly _protocol: {
    readonly _handlers: { CHANNEL_CLOSE: (protocol: unknown, channel: number) => void };
    channelClose(channel: number): void;
  };
}

/** Channels whose CLOSE the server has answered by the time it refuses to open something in another. */
async function closed({ port }: SshServer): Promise<readonly number[]> {
  const client = new ssh2.Client();
  client.connect({ host: '127.0.0.1', port, ...USER });
  await once(client, 'ready');
  const { _protocol: protocol } = client as unknown as ClosingClient;
  const channels: number[] = [];
  protocol._handlers.CHANNEL_CLOSE = (_, channel) => void channels.push(channel);
  const refused = () => new Promise<void>((resolve) => void client.exec('id', () => resolve()));
  await refused();
  protocol.channelClose(0);
  await refused();
  client.destroy();
  return channels;
}

describe('what is used of the inside of ssh2', () => {
  it('answers the CLOSE of a session in which nothing was opened', async () => {
    await using asItIs = await plainServer((client) => client.on('session', (accept) => void accept()));
    assert.deepEqual(await closed(asItIs), [], 'ssh2 has an answer of its own');
    await using mended = await plainServer((client) => {
      client.on('session', (accept) => void answeringClose(client, accept()));
    });
    assert.deepEqual(await closed(mended), [0]);
  });

  it('lets a client ask for the service of logins again', async () => {
    await using refusing = await plainServer(() => {});
    await using server = await plainServer(acceptServiceAgain);
    const again = 'ssh-userauth';
    assert.equal(await getsIn(refusing, [again]), false, 'ssh2 has an answer of its own');
    assert.equal(await getsIn(server, [again, again]), true);
    assert.equal(await getsIn(server, ['ssh-connection']), false);
  });

  it('is that of the version it was written for', () => {
    assert.doesNotThrow(
      () => checkVersion(),
      'read ssh2-internals.ts and ssh2-exchanges.ts against the new one',
    );
    assert.throws(() => checkVersion({ version: '1.18.0' }), /ssh2 1\.18\.0 is installed/);
  });

  it('announces signatures in place of a list that is wrong', async () => {
    await using asItIs = await plainServer(() => {});
    assert.match((await announced(asItIs)) ?? '', /nistp521rsa-sha2-512/, 'ssh2 has mended its list: use it');
    await using mended = await plainServer((client) => announceSignatures(client, ['one', 'two']));
    assert.equal(await announced(mended), 'one two');
  });

  for (const [cipher, expected] of [
    ['aes128-gcm@openssh.com', ['_encKey', '_decipherKey']],
    ['aes128-ctr', ['_macKey', '_macKey']],
    ['chacha20-poly1305@openssh.com', ['_encKeyMain', '_encKeyPktLen', '_decKeyMain', '_decKeyPktLen']],
  ] as const) {
    it(`finds the keys that ${cipher} starts anew with for each packet`, async () => {
      const found = Promise.withResolvers<readonly string[]>();
      await using server = await plainServer((client) => {
        client.on('handshake', () => {
          prepareKeys(client);
          const inside = client as unknown as { _protocol: Record<string, Record<string, unknown>> };
          const keys = [inside._protocol._cipher, inside._protocol._decipher].flatMap((one) =>
            Object.entries(one ?? {}).filter(([, value]) => value instanceof KeyObject),
          );
          found.resolve(keys.map(([name]) => name));
        });
      });
      const client = new ssh2.Client();
      const algorithms = { cipher: [cipher] };
      client.on('error', () => {}).connect({ host: '127.0.0.1', ...server, ...USER, algorithms });
      const ready = once(client, 'ready');
      assert.deepEqual(await found.promise, expected);
      await ready;
      client.destroy();
    });
  }

  for (const [cipher, mac, expected] of [
    ['aes128-gcm@openssh.com', 'hmac-sha2-256', true],
    ['aes256-ctr', 'hmac-sha2-512-etm@openssh.com', true],
    ['aes128-ctr', 'hmac-sha2-256', true],
    ['chacha20-poly1305@openssh.com', 'hmac-sha2-256', false],
  ] as const) {
    it(`sends data by ${cipher} with ${mac} from one memory, while keys are exchanged too`, async () => {
      const sizes = [1, 2, 3, 10_000, 32_768, 32_769, 70_000, 5, 16, 300_000];
      const content = sizes.map((size, at) => Buffer.alloc(size, `${at}-`));
      const atOnce = Promise.withResolvers<boolean>();
      await using server = await plainServer((connection) => {
        reusePacketMemory(connection, new PacketRoom(randomBytes));
        connection.on('session', (accept) => {
          accept().on('subsystem', async (acceptSubsystem) => {
            const stream = acceptSubsystem();
            atOnce.resolve(readsAtOnce(connection));
            for (const [at, piece] of content.entries()) {
              if (at % 4 === 2) connection.rekey();
              await new Promise((sent) => stream.write(piece, sent));
            }
            stream.end();
          });
        });
      });
      const client = new ssh2.Client();
      const algorithms = { cipher: [cipher], hmac: [mac] };
      client.connect({ host: '127.0.0.1', ...server, ...USER, algorithms });
      await once(client, 'ready');
      const stream = await new Promise<ClientChannel>((resolve, reject) => {
        client.subsys('x', (error, channel) => (error === undefined ? resolve(channel) : reject(error)));
      });
      assert.deepEqual(await buffer(stream), Buffer.concat(content));
      assert.equal(await atOnce.promise, expected);
      client.destroy();
    });
  }

  it('knows the packets that a client takes', async () => {
    const opened = Promise.withResolvers<ServerChannel>();
    await using server = await plainServer((client) => {
      client.on('session', (accept) => {
        accept().on('subsystem', (acceptSubsystem) => opened.resolve(acceptSubsystem()));
      });
    });
    const client = new ssh2.Client();
    client.on('ready', () => client.subsys('x', () => {})).connect({ host: '127.0.0.1', ...server, ...USER });
    assert.equal(packetSizeOf(await opened.promise), 32 * 1024);
    client.destroy();
  });
});
