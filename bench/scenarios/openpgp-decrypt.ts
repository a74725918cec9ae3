import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Decrypted } from '../load/decrypt-openpgp.ts';
import type { BenchOptions, Report, Row } from '../measure/report.ts';
import { type Gnupg, openGnupg, randomContent, textContent } from '../peers/gnupg.ts';
import { inTemporaryDirectory } from '../peers/temporary-directory.ts';

const MIB = 1024 * 1024;
const FILE_BYTES = 200 * MIB;
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/orrery');
const SCRIPT = join(import.meta.dirname, '../load/decrypt-openpgp.ts');

interface Round {
  readonly kind: string;
  readonly ours: Decrypted;
  readonly gnupg: Awaited<ReturnType<Gnupg['decrypt']>>;
}

/** Files of 200 MiB against `gpg --decrypt`, each side twice in a round and once the first, and one message of many GiB through a pipe. */
export async function openpgpDecrypt(options: BenchOptions, gibibytes: number): Promise<Report> {
  const problems: string[] = [];
  const rounds: Round[] = [];
  const large: Decrypted[] = [];
  await inTemporaryDirectory('bench-openpgp', async (path) => {
    const gnupg = await openGnupg(path);
    const run = async (input: string, bytes: number, piped?: Readable): Promise<Decrypted> => {
      const result = await decryptInProcess(input, gnupg.keyFile, piped);
      if (result.bytes !== bytes) problems.push(`openpgp: ${result.bytes} bytes came of ${bytes}`);
      return result;
    };
    try {
      const files = { random: join(path, 'random.gpg'), text: join(path, 'text.gpg') };
      await gnupg.encrypt(randomContent(FILE_BYTES), files.random);
      await gnupg.encrypt(textContent(FILE_BYTES), files.text);
      for (let round = 1; round <= options.rounds; round += 1)
        for (const [kind, file] of Object.entries(files)) {
          options.say(`openpgp: ${kind}, round ${round} of ${options.rounds}`);
          rounds.push({ kind, gnupg: await gnupg.decrypt(file), ours: await run(file, FILE_BYTES) });
          const ours = await run(file, FILE_BYTES);
          rounds.push({ kind, gnupg: await gnupg.decrypt(file), ours });
        }
      options.say(`openpgp: ${gibibytes} GiB through a pipe`);
      const bytes = gibibytes * 1024 * MIB;
      large.push(await run('-', bytes, gnupg.encrypting(randomContent(bytes))));
    } finally {
      await gnupg.close();
    }
  });
  return {
    rows: [...['random', 'text'].flatMap((kind) => rowsOf(kind, rounds)), ...largeRows(large, gibibytes)],
    problems,
  };
}

async function decryptInProcess(input: string, keyFile: string, piped?: Readable): Promise<Decrypted> {
  // As the launcher has it: what stripping the types gave is kept.
  const env = { ...process.env, NODE_COMPILE_CACHE: CACHE };
  const child = spawn(process.execPath, [SCRIPT, input, keyFile], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  if (piped === undefined) child.stdin.end();
  else piped.pipe(child.stdin);
  let printed = '';
  for await (const text of child.stdout) printed += text;
  await ended;
  return JSON.parse(printed) as Decrypted;
}

function rowsOf(kind: string, all: readonly Round[]): Row[] {
  const rounds = all.filter((round) => round.kind === kind);
  const compared = (figure: 'milliseconds' | 'cpuMilliseconds') => ({
    ours: rounds.map(({ ours }) => ours[figure]),
    compared: { with: 'gpg', values: rounds.map(({ gnupg }) => gnupg[figure]) },
  });
  return [
    {
      what: `200 MiB of ${kind}, ms`,
      ...compared('milliseconds'),
      target: { of: 'ratio', bound: 'at most', limit: 1.5 },
    },
    {
      what: `200 MiB of ${kind}, ms to the first piece, with the start of the thread`,
      ours: rounds.map(({ ours }) => ours.firstMilliseconds),
    },
    { what: `200 MiB of ${kind}, ms of CPU`, ...compared('cpuMilliseconds') },
    {
      what: `200 MiB of ${kind}, peak MB of the whole process`,
      ours: rounds.map(({ ours }) => ours.peakMb),
      target: { of: 'value', bound: 'at most', limit: 300 },
    },
  ];
}

function largeRows(results: readonly Decrypted[], gibibytes: number): Row[] {
  return [
    {
      what: `${gibibytes} GiB through a pipe from gpg, s`,
      ours: results.map(({ milliseconds }) => milliseconds / 1000),
    },
    {
      what: `${gibibytes} GiB, peak MB of the whole process`,
      ours: results.map(({ peakMb }) => peakMb),
      target: { of: 'value', bound: 'at most', limit: 300 },
    },
  ];
}
