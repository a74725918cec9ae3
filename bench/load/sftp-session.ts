import type { Client } from 'ssh2';
import { ssh2 } from '../../src/sftp/ssh/ssh2.ts';
import type { RunningSftp } from '../peers/sftp-peer.ts';

/** A session with an open SFTP channel that then asks for nothing. */
export async function idleSession({ port, user }: RunningSftp, privateKey: Buffer): Promise<Client> {
  const client = new ssh2.Client();
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    client.connect({ host: '127.0.0.1', port, username: user, privateKey });
  });
  await new Promise<void>((resolve, reject) => {
    client.sftp((error) => (error ? reject(error) : resolve()));
  });
  return client;
}
