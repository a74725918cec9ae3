import type { ServerChannel } from 'ssh2';

/** What ssh2 keeps of a channel that its types leave open; `test/sftp/ssh2-internals.test.ts` fails when it changes. */
interface Direction {
  readonly packetSize: number;
}

/**
 * The most that the client takes in one packet of the channel. ssh2 sends without end to one that says 0, so whoever writes must
 * ask before.
 */
export function packetSizeOf(channel: ServerChannel): number {
  return (channel.outgoing as Direction).packetSize;
}
