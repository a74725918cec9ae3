import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  CreateServerCommand,
  CreateUserCommand,
  CreateWorkflowCommand,
  DeleteServerCommand,
  DeleteWorkflowCommand,
  DescribeServerCommand,
  waitUntilServerOnline,
} from '@aws-sdk/client-transfer';
import { dataDirectory, secretsManager, transfer } from './client.ts';
import type { SftpAddress } from './partner.ts';

const ROLE = 'arn:aws:iam::000000000000:role/invoices';

/** Buckets are folders of the data directory. */
export function makeBuckets(): void {
  for (const name of ['landing', 'invoices', 'quarantine'])
    mkdirSync(join(dataDirectory, 'buckets', name), { recursive: true });
}

/** Decrypt, keep a copy, tag, have it checked, remove what arrived; what fails goes to quarantine. */
export async function createWorkflow(): Promise<string> {
  const { WorkflowId = '' } = await transfer.send(
    new CreateWorkflowCommand({
      Description: 'invoices of partners',
      Steps: [
        {
          Type: 'DECRYPT',
          DecryptStepDetails: {
            Name: 'decrypt',
            Type: 'PGP',
            DestinationFileLocation: folder('invoices', '${transfer:UserName}/'),
          },
        },
        {
          Type: 'COPY',
          CopyStepDetails: {
            Name: 'keep',
            DestinationFileLocation: folder('invoices', 'archive/${transfer:UploadDate}/'),
          },
        },
        { Type: 'TAG', TagStepDetails: { Name: 'tag', Tags: [{ Key: 'state', Value: 'received' }] } },
        {
          Type: 'CUSTOM',
          CustomStepDetails: {
            Name: 'check',
            Target: 'arn:aws:lambda:us-east-1:000000000000:function:check-invoice',
            TimeoutSeconds: 60,
          },
        },
        { Type: 'DELETE', DeleteStepDetails: { Name: 'remove', SourceFileLocation: '${original.file}' } },
      ],
      OnExceptionSteps: [
        {
          Type: 'COPY',
          CopyStepDetails: {
            Name: 'quarantine',
            SourceFileLocation: '${original.file}',
            DestinationFileLocation: folder('quarantine', '${transfer:UserName}/'),
          },
        },
        { Type: 'DELETE', DeleteStepDetails: { Name: 'remove', SourceFileLocation: '${original.file}' } },
      ],
    }),
  );
  return WorkflowId;
}

const folder = (Bucket: string, Key: string) => ({ S3FileLocation: { Bucket, Key } });

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

/** Gives where and as whom to log in. */
export async function createUser(serverId: string, name: string, sshPublicKey: string): Promise<SftpAddress> {
  await transfer.send(
    new CreateUserCommand({
      ServerId: serverId,
      UserName: name,
      Role: ROLE,
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryMappings: [{ Entry: '/', Target: '/landing' }],
      SshPublicKeyBody: sshPublicKey,
    }),
  );
  const { Server } = await transfer.send(new DescribeServerCommand({ ServerId: serverId }));
  const address = Server?.Tags?.find(({ Key }) => Key === 'orrery:listen')?.Value ?? '';
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port), user: name };
}

/** The key with which the user's files are decrypted, where the workflow looks for it. */
export async function keepKey(serverId: string, userName: string, privateKey: string): Promise<void> {
  await secretsManager.send(
    new CreateSecretCommand({
      Name: `aws/transfer/${serverId}/${userName}`,
      SecretString: JSON.stringify({ PGPPrivateKey: privateKey }),
    }),
  );
}

export async function removeAll(serverId: string, workflowId: string): Promise<void> {
  await transfer.send(new DeleteServerCommand({ ServerId: serverId }));
  await transfer.send(new DeleteWorkflowCommand({ WorkflowId: workflowId }));
}
