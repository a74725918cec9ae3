import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Transfer } from '@aws-sdk/client-transfer';
import { systemClock } from '../../../src/kernel/clock.ts';
import { HOST_KEYS } from '../../sdk/transfer/transfer-client.ts';
import { answerTo, writeAnsweringFunction } from '../../support/answering.ts';
import type { AnswerTo } from '../../support/answering-function.ts';
import { type Caller, createCaller } from '../../support/caller.ts';
import type { PgpKeyPair } from '../../support/pgp-keys.ts';
import { keyPair } from '../../support/sftp-server.ts';
import { eventually, sdkSteps } from '../../support/sftp-world.ts';
import { custom } from '../../support/workflow-steps.ts';
import { KEYS, killWhileStarting, type ServerProcess, startServer } from '../server-process.ts';
import type { Line, LineName } from './ledger.ts';
import { directories, type Shelves } from './shelves.ts';

const LONG_SECONDS = 1800;
const SHORT_SECONDS = 4;
export const PASSPHRASE = 'of the key that decrypts';
const ROLE = 'arn:aws:iam::000000000000:role/run';

/** A data directory, storage and a function, over which servers are started. */
export interface CrashPlace {
  readonly shelves: Shelves;
  readonly folder: string;
  readonly data: string;
  start(): Promise<Up>;
  killWhileStarting(afterMs: number): Promise<void>;
}

/** A server and its clients. */
export interface Up {
  readonly process: ServerProcess;
  readonly client: Transfer;
  readonly own: Caller;
  readonly address: AnswerTo;
}

export function openPlace(folder: string, shelves = directories(folder)): CrashPlace {
  const data = join(folder, 'data');
  const config = join(folder, 'orrery.yaml');
  const functions = { check: { module: writeAnsweringFunction(folder) } };
  writeFileSync(config, JSON.stringify({ functions, ...shelves.storage }));
  const flags = ['--config', config];
  return {
    shelves,
    folder,
    data,
    start: async () => {
      const up = connect(await startServer(data, [], flags));
      answerTo(folder, up.process.pid, up.address);
      return up;
    },
    killWhileStarting: (afterMs) => killWhileStarting(data, afterMs, flags),
  };
}

export function connect(process: ServerProcess): Up {
  const { host, port, region } = process.endpoint;
  const endpoint = `http://${host}:${port}`;
  const address = { endpoint, region, credentials: KEYS };
  const key = { id: KEYS.accessKeyId, secret: KEYS.secretAccessKey };
  return {
    process,
    address,
    client: new Transfer({ ...address, maxAttempts: 1 }),
    own: createCaller({ endpoint, host, port, clock: systemClock }, { key }),
  };
}

export async function prepareWorld(
  { client, address }: Up,
  shelves: Shelves,
  pgp: PgpKeyPair,
): Promise<Readonly<Record<LineName, Line>>> {
  const { copy, decrypt, tag, remove, handler } = shelves.steps;
  const handlers = sdkSteps([handler]);
  const plainSteps = (seconds: number) => sdkSteps([copy('plain/'), ...tag, custom(seconds), remove]);
  const pgpSteps = [decrypt('decrypted/'), ...tag, copy('archive/')];
  const line = (Steps: ReturnType<typeof sdkSteps>) =>
    createLine(client, shelves, { Steps, OnExceptionSteps: handlers });
  const plain = await line(plainSteps(LONG_SECONDS));
  const waiting = await line(plainSteps(SHORT_SECONDS));
  const encrypted = await line(sdkSteps(pgpSteps));
  const secrets = new SecretsManager({ ...address, maxAttempts: 1 });
  await secrets.createSecret({
    Name: `aws/transfer/${encrypted.serverId}/@pgp-default`,
    SecretString: JSON.stringify({ PGPPrivateKey: pgp.privateKey, PGPPassphrase: PASSPHRASE }),
  });
  secrets.destroy();
  return { plain, waiting, pgp: encrypted };
}

/** A server with a workflow and the user `alice`. */
export async function createLine(
  client: Transfer,
  { domain, home }: Pick<Shelves, 'domain' | 'home'>,
  steps: Pick<Parameters<Transfer['createWorkflow']>[0], 'Steps' | 'OnExceptionSteps'>,
): Promise<Line> {
  const { WorkflowId: workflowId = '' } = await client.createWorkflow(steps);
  const { ServerId: serverId = '' } = await client.createServer({
    HostKey: HOST_KEYS.ed25519,
    Domain: domain,
    Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:0' }],
    WorkflowDetails: { OnUpload: [{ WorkflowId: workflowId, ExecutionRole: ROLE }] },
  });
  await client.createUser({
    ServerId: serverId,
    UserName: 'alice',
    Role: ROLE,
    ...home,
    SshPublicKeyBody: keyPair('ed25519').public,
  });
  return { serverId, workflowId };
}

/** The port on which a server listens now. */
export async function portOf({ client }: Up, { serverId }: Line): Promise<number> {
  return eventually(`${serverId} is online`, async () => {
    const { Server: server } = await client.describeServer({ ServerId: serverId });
    const address = server?.Tags?.find(({ Key }) => Key === 'orrery:listen')?.Value;
    return server?.State === 'ONLINE' ? Number(address?.split(':').at(-1)) : undefined;
  });
}
