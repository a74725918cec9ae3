import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMessage, encrypt, readKey } from 'openpgp';

const run = promisify(execFile);

export interface SftpAddress {
  readonly host: string;
  readonly port: number;
  readonly userName: string;
}

/** A business partner with an SSH key of its own, who works with OpenSSH's programs as anybody does by hand. */
export class Partner {
  readonly #folder: string;
  /** One line, as OpenSSH writes it. */
  readonly sshPublicKey: string;

  private constructor(folder: string, sshPublicKey: string) {
    this.#folder = folder;
    this.sshPublicKey = sshPublicKey;
  }

  static async create(): Promise<Partner> {
    const folder = await mkdtemp(join(tmpdir(), 'partner-'));
    const key = join(folder, 'key');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'partner', '-f', key]);
    return new Partner(folder, (await readFile(`${key}.pub`, 'utf8')).trim());
  }

  /** Encrypts an invoice for whoever has the private key of `recipient`, and uploads it. */
  async send(invoice: { readonly number: string }, recipient: string, to: SftpAddress): Promise<void> {
    const message = await createMessage({ text: JSON.stringify(invoice) });
    const encryptionKeys = await readKey({ armoredKey: recipient });
    const encrypted = await encrypt({ message, encryptionKeys, format: 'binary' });
    const name = `${invoice.number}.json.pgp`;
    const file = join(this.#folder, name);
    await writeFile(file, encrypted);
    await writeFile(join(this.#folder, 'batch'), `put ${file} ${name}\n`);
    await this.#sftp(to);
  }

  async #sftp({ host, port, userName }: SftpAddress): Promise<void> {
    const inFolder = (name: string): string => join(this.#folder, name);
    const options = ['StrictHostKeyChecking=accept-new', `UserKnownHostsFile=${inFolder('known_hosts')}`];
    await run('sftp', [
      ...['-q', '-b', inFolder('batch'), '-P', String(port), '-i', inFolder('key')],
      ...options.flatMap((option) => ['-o', option]),
      `${userName}@${host}`,
    ]);
  }

  async leave(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
