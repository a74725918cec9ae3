import { createReadStream, readFileSync } from 'node:fs';
import { decryptOpenPgp } from '../../src/openpgp/decrypt.ts';
import { processUsage } from '../measure/process-usage.ts';

/** What one message has cost in a process that does nothing else. */
export interface Decrypted {
  readonly bytes: number;
  readonly milliseconds: number;
  /** All threads of the process, its own start left out. */
  readonly cpuMilliseconds: number;
  readonly peakMb: number;
}

/** Decrypts the file, or standard input for `-`, with an armored key; prints what it has cost. */
async function measure(input: string, keyFile: string): Promise<Decrypted> {
  const source = input === '-' ? process.stdin : createReadStream(input, { highWaterMark: 256 * 1024 });
  const privateKey = readFileSync(keyFile, 'utf8');
  const before = process.cpuUsage();
  const begun = performance.now();
  let bytes = 0;
  for await (const piece of decryptOpenPgp(source, [{ privateKey }], { maxBytes: 2 ** 40 }))
    bytes += piece.length;
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  const { peakMb } = processUsage(process.pid);
  return { bytes, milliseconds, cpuMilliseconds: (user + system) / 1000, peakMb };
}

const [, script, input, keyFile] = process.argv;
if (script === import.meta.filename && input !== undefined && keyFile !== undefined)
  process.stdout.write(JSON.stringify(await measure(input, keyFile)));
