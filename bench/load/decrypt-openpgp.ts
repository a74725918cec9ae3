import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { decryptOpenPgp } from '../../src/openpgp/decrypt.ts';
import { DecryptingThread } from '../../src/openpgp/thread.ts';
import { processUsage } from '../measure/process-usage.ts';

/** What one message has cost in a process that does nothing else. */
export interface Decrypted {
  readonly bytes: number;
  readonly milliseconds: number;
  /** All threads of the process, their starts left out. */
  readonly cpuMilliseconds: number;
  /** Until the first piece of the file was there, with the start of the thread; 0 for standard input. */
  readonly firstMilliseconds: number;
  readonly peakMb: number;
}

/** Decrypts the file, or standard input for `-`, with an armored key; prints what it has cost. */
async function measure(input: string, keyFile: string): Promise<Decrypted> {
  const source = input === '-' ? process.stdin : openFile(input);
  const keys = [{ privateKey: readFileSync(keyFile, 'utf8') }];
  // As in a server, which keeps its thread for the next message.
  const thread = new DecryptingThread(() => () => undefined);
  const options = { maxBytes: 2 ** 40, thread };
  const started = performance.now();
  if (input !== '-') for await (const _first of decryptOpenPgp(openFile(input), keys, options)) break;
  const before = process.cpuUsage();
  const begun = performance.now();
  let bytes = 0;
  for await (const piece of decryptOpenPgp(source, keys, options)) bytes += piece.length;
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  const { peakMb } = processUsage(process.pid);
  await thread.close();
  return {
    bytes,
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    firstMilliseconds: input === '-' ? 0 : begun - started,
    peakMb,
  };
}

/** As a step of a workflow reads: each piece into the memory of the one before. */
async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  const room = Buffer.allocUnsafeSlow(1024 * 1024);
  await using file = await open(path);
  for (;;) {
    const { bytesRead } = await file.read(room, 0, room.length);
    if (bytesRead === 0) return;
    yield room.subarray(0, bytesRead);
  }
}

const [, script, input, keyFile] = process.argv;
if (script === import.meta.filename && input !== undefined && keyFile !== undefined)
  process.stdout.write(JSON.stringify(await measure(input, keyFile)));
