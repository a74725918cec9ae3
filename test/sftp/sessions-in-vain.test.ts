import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from 'ssh2';
import { RawSftp } from '../support/raw-sftp.ts';
import { connect, serveSftp } from '../support/sftp-server.ts';

/** What ssh2's client keeps to itself. */
interface Inside {
  readonly _protocol: {
    readonly _handlers: { CHANNEL_CLOSE: (protocol: unknown, channel: number) => void };
    channelClose(channel: number): void;
  };
}

const protocolOf = (client: Client) => (client as unknown as Inside)._protocol;

/** A session in which the client asks for a command, which nobody gets. */
const refused = (client: Client) => new Promise<void>((resolve) => void client.exec('id', () => resolve()));

describe('sessions in which nothing was opened', () => {
  it('are closed by the server too', async () => {
    await using served = await serveSftp();
    using client = await connect(served);
    const closed: number[] = [];
    protocolOf(client)._handlers.CHANNEL_CLOSE = (_, channel) => void closed.push(channel);
    await refused(client);
    protocolOf(client).channelClose(0);
    await refused(client);
    assert.deepEqual(closed, [0]);
  });

  it('make room for one other, however often the client closes them', async () => {
    await using served = await serveSftp({ limits: { channels: 2 } });
    using client = await connect(served);
    await refused(client);
    for (let turn = 0; turn < 5; turn += 1) protocolOf(client).channelClose(0);
    await RawSftp.start(client);
    await RawSftp.start(client);
    await assert.rejects(RawSftp.open(client), /open failure/i);
  });
});
