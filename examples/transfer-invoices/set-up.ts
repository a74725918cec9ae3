import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  CreateServerCommand,
  CreateUserCommand,
  CreateWorkflowCommand,
  type CreateWorkflowCommandInput,
  DescribeServerCommand,
  waitUntilServerOnline,
} from '@aws-sdk/client-transfer';
import { bucketFolder, secretsManager, transfer } from './client.ts';
import type { SftpAddress } from './partner.ts';

const ROLE = 'arn:aws:iam::000000000000:role/invoices';

export function makeBuckets(): void {
  for (const name of ['landing', 'invoices', 'quarantine'])
    mkdirSync(bucketFolder(name), { recursive: true });
}

export async function createWorkflow(): Promise<string> {
  const definition = readFileSync(join(import.meta.dirname, 'workflow.json'), 'utf8');
  const input = JSON.parse(definition) as CreateWorkflowCommandInput;
  const { WorkflowId = '' } = await transfer.send(new CreateWorkflowCommand(input));
  return WorkflowId;
}

/** A server whose uploads start the workflow, on whatever port is free. */
export async function createServer(workflowId: string): Promise<string> {
  const { ServerId = '' } = await transfer.send(
    new CreateServerCommand({
      Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:0' }],
      WorkflowDetails: { OnUpload: [{ WorkflowId: workflowId, ExecutionRole: ROLE }] },
    }),
  );
  await waitUntilServerOnline({ client: transfer, minDelay: 1, maxDelay: 1, maxWaitTime: 30 }, { ServerId });
  return ServerId;
}

/** A user who sees the bucket `landing` and nothing else; gives where to log in. */
export async function createUser(
  serverId: string,
  userName: string,
  sshPublicKey: string,
): Promise<SftpAddress> {
  await transfer.send(
    new CreateUserCommand({
      ServerId: serverId,
      UserName: userName,
      Role: ROLE,
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryMappings: [{ Entry: '/', Target: '/landing' }],
      SshPublicKeyBody: sshPublicKey,
    }),
  );
  const { Server } = await transfer.send(new DescribeServerCommand({ ServerId: serverId }));
  const address = Server?.Tags?.find(({ Key }) => Key === 'orrery:listen')?.Value ?? '';
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port), userName };
}

/** The key that decrypts the user's files, where the workflow looks for it. */
export async function keepKey(serverId: string, userName: string, privateKey: string): Promise<void> {
  await secretsManager.send(
    new CreateSecretCommand({
      Name: `aws/transfer/${serverId}/${userName}`,
      SecretString: JSON.stringify({ PGPPrivateKey: privateKey }),
    }),
  );
}
