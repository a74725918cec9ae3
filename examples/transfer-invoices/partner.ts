import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as openpgp from 'openpgp';

const run = promisify(execFile);

/** A business partner who sends invoices: its own SSH key, and the public key to encrypt for. */
export class Partner {
  readonly #folder: string;
  readonly #recipient: openpgp.PublicKey;
  /** One line, as OpenSSH writes it. */
  readonly sshPublicKey: string;

  private constructor(folder: string, recipient: openpgp.PublicKey, sshPublicKey: string) {
    this.#folder = folder;
    this.#recipient = recipient;
    this.sshPublicKey = sshPublicKey;
  }

  static async create(recipientKey: string): Promise<Partner> {
    const folder = await mkdtemp(join(tmpdir(), 'partner-'));
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'partner', '-f', join(folder, 'id')]);
    const sshPublicKey = await readFile(join(folder, 'id.pub'), 'utf8');
    return new Partner(folder, await openpgp.readKey({ armoredKey: recipientKey }), sshPublicKey.trim());
  }

  /** Encrypts an invoice and uploads it with OpenSSH's `sftp`, as anybody would by hand. */
  async send(name: string, invoice: object, { host, port, user }: SftpAddress): Promise<void> {
    const file = join(this.#folder, `${name}.pgp`);
    const message = await openpgp.createMessage({ text: JSON.stringify(invoice) });
    const encrypted = await openpgp.encrypt({ message, encryptionKeys: this.#recipient, format: 'binary' });
    await writeFile(file, encrypted);
    const batch = join(this.#folder, 'batch');
    await writeFile(batch, `put ${file} ${name}.pgp\n`);
    await run('sftp', [
      ...['-q', '-b', batch, '-P', String(port), '-i', join(this.#folder, 'id')],
      ...['-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(this.#folder, 'hosts')}`],
      `${user}@${host}`,
    ]);
  }

  async leave(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}

export interface SftpAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}
