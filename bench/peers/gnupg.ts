import { spawn } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const PIECE_BYTES = 1024 * 1024;
const ALWAYS = ['--batch', '--yes', '--quiet', '--trust-model', 'always', '--pinentry-mode', 'loopback'];

export interface Gnupg {
  /** An armored private key without a passphrase. */
  readonly keyFile: string;
  /** Encrypts into a file. */
  encrypt(content: AsyncIterable<Buffer>, file: string): Promise<void>;
  /** Starts to encrypt; its output is to be read. */
  encrypting(content: AsyncIterable<Buffer>): Readable;
  /** Milliseconds of decrypting a file into nothing: by the clock, and of CPU. */
  decrypt(file: string): Promise<{ readonly milliseconds: number; readonly cpuMilliseconds: number }>;
  close(): Promise<void>;
}

/** GnuPG with a home in that directory and a key of 3072 bits RSA. */
export async function openGnupg(directory: string): Promise<Gnupg> {
  const home = ['--homedir', directory, ...ALWAYS];
  const user = ['--passphrase', '', '--quick-gen-key', 'bench@example.org', 'rsa3072', 'sign,encr', 'never'];
  await output('gpg', [...home, ...user]);
  const keyFile = join(directory, 'key.asc');
  await writeFile(
    keyFile,
    await output('gpg', [...home, '--passphrase', '', '--armor', '--export-secret-keys']),
  );
  const encrypt = ['-e', '--openpgp', '-r', 'bench@example.org'];
  return {
    keyFile,
    encrypt: async (content, file) => {
      const child = spawn('gpg', [...home, ...encrypt, '-o', file], { stdio: ['pipe', 'ignore', 'inherit'] });
      await Promise.all([pipeline(content, child.stdin), once(child, 'close')]);
    },
    encrypting: (content) => {
      const child = spawn('gpg', [...home, ...encrypt, '--compress-algo', 'none'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      pipeline(content, child.stdin).catch(() => child.kill());
      return child.stdout;
    },
    decrypt: async (file) => {
      const timed = ['-c', '"$@" > /dev/null; times', 'sh', 'gpg', ...home, '--decrypt', file];
      const begun = performance.now();
      const printed = String(await output('sh', timed));
      const milliseconds = performance.now() - begun;
      const [user = 0, system = 0] = [...(printed.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
        ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000,
      );
      return { milliseconds, cpuMilliseconds: user + system };
    },
    close: async () => {
      await output('gpgconf', ['--homedir', directory, '--kill', 'all']);
    },
  };
}

async function output(program: string, parameters: readonly string[]): Promise<Buffer> {
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const pieces: Buffer[] = [];
  for await (const piece of child.stdout) pieces.push(piece as Buffer);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return Buffer.concat(pieces);
}

/** Bytes that nothing can compress, made as they are read. */
export async function* randomContent(bytes: number): AsyncGenerator<Buffer> {
  const zeros = Buffer.alloc(PIECE_BYTES);
  const stream = createCipheriv('aes-128-ctr', randomBytes(16), randomBytes(16));
  for (let left = bytes; left > 0; left -= PIECE_BYTES)
    yield stream.update(zeros.subarray(0, Math.min(left, PIECE_BYTES)));
}

/** Lines such as invoices are made of, of which about a third is left when they are compressed. */
export async function* textContent(bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const random of randomContent(bytes)) {
    const lines: string[] = [];
    for (let at = 0; at + 4 <= random.length; at += 4)
      lines.push(`invoice;${random.readUInt32BE(at) % 1_000_000};EUR\n`);
    const piece = Buffer.from(lines.join('')).subarray(0, left);
    left -= piece.length;
    yield piece;
    if (left <= 0) return;
  }
}
