import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transfer } from '@aws-sdk/client-transfer';
import { startOrrery } from './orrery.ts';
import type { RunningOurs, SftpKeys } from './sftp-peer.ts';

const BUCKET = 'bench';
const USER = 'bench';
const ROLE = 'arn:aws:iam::000000000000:role/bench';

/**
 * The whole server with an SFTP server and a user, made through the vendor's API, over a bucket in its data directory. Each upload
 * starts a workflow that tags the file.
 */
export async function startOrrerySftp(directory: string, keys: SftpKeys): Promise<RunningOurs> {
  const data = join(directory, 'orrery');
  await mkdir(join(data, 'buckets', BUCKET), { recursive: true });
  const orrery = await startOrrery(data);
  const { host, port, region, accessKeyId, secretAccessKey } = orrery.endpoint;
  const endpoint = `http://${host}:${port}`;
  const client = new Transfer({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    const { WorkflowId } = await client.createWorkflow({
      Steps: [{ Type: 'TAG', TagStepDetails: { Tags: [{ Key: 'bench', Value: 'yes' }] } }],
    });
    const { ServerId } = await client.createServer({
      HostKey: await readFile(keys.host, 'utf8'),
      SecurityPolicyName: 'TransferSecurityPolicy-2020-06',
      WorkflowDetails: { OnUpload: [{ WorkflowId, ExecutionRole: ROLE }] },
      Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:0' }],
    });
    await client.createUser({
      ServerId,
      UserName: USER,
      Role: ROLE,
      HomeDirectory: `/${BUCKET}`,
      SshPublicKeyBody: (await readFile(`${keys.user}.pub`, 'utf8')).trim(),
    });
    return {
      port: await portOf(client, ServerId),
      user: USER,
      root: `/${BUCKET}`,
      pageUrl: `${endpoint}/healthz`,
      cpuMs: () => orrery.usage().cpuMs,
      rssMb: () => orrery.usage().rssMb,
      stop: orrery.stop,
    };
  } catch (error) {
    await orrery.stop();
    throw error;
  } finally {
    client.destroy();
  }
}

async function portOf(client: Transfer, ServerId: string | undefined): Promise<number> {
  for (let left = 200; left > 0; left -= 1) {
    const { Server: server } = await client.describeServer({ ServerId });
    const address = server?.Tags?.find(({ Key }) => Key === 'orrery:listen')?.Value;
    if (server?.State === 'ONLINE' && address !== undefined) return Number(address.split(':').at(-1));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the SFTP server did not get online');
}
