import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type {
  CreateServerCommandInput,
  CreateUserCommandInput,
  DescribedExecution,
  ExecutionResults,
  WorkflowStep as SdkStep,
  Transfer,
} from '@aws-sdk/client-transfer';
import type { ConnectConfig } from 'ssh2';
import type { WorkflowStep } from '../../src/apis/transfer/model/types.gen.ts';
import type { TransferSettings } from '../../src/apis/transfer/settings.ts';
import type { Bucket } from '../../src/files/bucket.ts';
import { openStorage, type StorageOptions } from '../../src/files/open-storage.ts';
import type { Storage } from '../../src/files/storage.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { newUuid } from '../../src/kernel/ids.ts';
import { streamPath } from '../../src/logs/stream-path.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { createClient as createSecretsClient } from '../sdk/secrets-manager/secrets-client.ts';
import { createClient, HOST_KEYS } from '../sdk/transfer/transfer-client.ts';
import { createCaller } from './caller.ts';
import { readLines, streamNames } from './log-files.ts';
import { SftpClient } from './sftp-client.ts';
import { keyPair } from './sftp-server.ts';
import { region, type ServerOptions, startServer, type TestServer } from './start-server.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

export const EXECUTION_ROLE = 'arn:aws:iam::123456789012:role/run';
export const LOGGING_ROLE = 'arn:aws:iam::123456789012:role/log';
export const USER_ROLE = 'arn:aws:iam::123456789012:role/user';

type Shared = 'clock' | 'callFunction' | 'functions' | 'limits' | 'roles' | 'strictRoles';

export interface SftpWorldOptions extends Pick<ServerOptions, Shared> {
  /** Beside the folders `in` and `out`, which are there. */
  readonly buckets?: StorageOptions['buckets'];
  /** Names of buckets that keep versions. */
  readonly versioned?: readonly string[];
  /** Ids, each with an empty directory. */
  readonly fileSystems?: readonly string[];
  readonly settings?: Partial<TransferSettings>;
  /** SQLite, so that the world can be started again. */
  readonly isKept?: boolean;
  /** In place of the storage, given it. */
  readonly changeStorage?: (storage: Storage) => Storage;
}

export interface SftpPlace {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

export interface Attachment {
  readonly handlers?: readonly WorkflowStep[];
  readonly on?: 'OnUpload' | 'OnPartialUpload';
}

export type Outcome = Pick<DescribedExecution, 'Status'> & ExecutionResults;

/** The whole product with buckets in its data directory, its clients, and an SFTP server with the user `alice`. */
export class SftpWorld {
  readonly data: string;
  readonly #context: TestContext;
  readonly #options: SftpWorldOptions;
  #running: Running;
  /** The server that most tests use; its only user is `alice` with an Ed25519 key and the home `/in`. */
  sftp: SftpPlace;

  private constructor(
    context: TestContext,
    options: SftpWorldOptions,
    at: { data: string; running: Running },
  ) {
    this.#context = context;
    this.#options = options;
    this.data = at.data;
    this.#running = at.running;
    this.sftp = { id: '', host: '', port: 0 };
  }

  static async open(
    context: TestContext,
    options: SftpWorldOptions = {},
    server: CreateServerCommandInput = {},
  ): Promise<SftpWorld> {
    const directory = await makeTemporaryDirectory();
    const data = directory.path;
    for (const name of ['in', 'out']) mkdirSync(join(data, 'buckets', name), { recursive: true });
    for (const id of [...(options.fileSystems ?? []), ...(options.versioned ?? [])])
      mkdirSync(join(data, id));
    const world = new SftpWorld(context, options, { data, running: await run(data, options) });
    context.after(async () => {
      await world.#running.stop();
      await directory.remove();
    });
    world.sftp = await world.createServer({ LoggingRole: LOGGING_ROLE, ...server });
    return world;
  }

  get client(): Transfer {
    return this.#running.client;
  }

  get secrets(): SecretsManager {
    return this.#running.secrets;
  }

  get server(): TestServer {
    return this.#running.server;
  }

  get storage(): Storage {
    return this.#running.storage;
  }

  bucket(name: string): Bucket {
    const bucket = this.storage.bucket(name);
    assert.ok(bucket, name);
    return bucket;
  }

  /** Ends the product and starts it over the same data; `meanwhile` happens between. */
  async restart(meanwhile: () => unknown = () => undefined): Promise<void> {
    await this.#running.stop();
    await meanwhile();
    this.#running = await run(this.data, this.#options);
  }

  /** One that listens on a free port, with a key that costs no time to make. */
  async createServer(input: CreateServerCommandInput = {}): Promise<SftpPlace> {
    const { ServerId: id = '' } = await this.client.createServer({
      HostKey: HOST_KEYS.ed25519,
      Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:0' }],
      ...input,
    });
    return this.online(id);
  }

  /** Where a server listens, once it does. */
  async online(id: string): Promise<SftpPlace> {
    const address = await eventually(`${id} is online`, async () => {
      const { Server: server } = await this.client.describeServer({ ServerId: id });
      assert.notEqual(server?.State, 'START_FAILED');
      const tag = server?.Tags?.find(({ Key }) => Key === 'orrery:listen');
      return server?.State === 'ONLINE' ? tag?.Value : undefined;
    });
    const [host = '', port] = address.split(':');
    return { id, host, port: Number(port) };
  }

  async createUser(input: Partial<CreateUserCommandInput> = {}): Promise<void> {
    await this.client.createUser({
      ServerId: this.sftp.id,
      UserName: 'alice',
      Role: USER_ROLE,
      SshPublicKeyBody: keyPair('ed25519').public,
      HomeDirectory: '/in',
      ...input,
    });
  }

  /** A new workflow, which the server uses from now on; gives its id. */
  async use(
    steps: readonly WorkflowStep[],
    { handlers = [], on = 'OnUpload' }: Attachment = {},
  ): Promise<string> {
    const given = { Steps: sdkSteps(steps), OnExceptionSteps: sdkSteps(handlers) };
    const { WorkflowId: id = '' } = await this.client.createWorkflow(given);
    const { Server: server } = await this.client.describeServer({ ServerId: this.sftp.id });
    const attached = [{ WorkflowId: id, ExecutionRole: EXECUTION_ROLE }];
    const WorkflowDetails = { ...server?.WorkflowDetails, [on]: attached };
    await this.client.updateServer({ ServerId: this.sftp.id, WorkflowDetails });
    return id;
  }

  /** Logs in as `alice` with her key, unless told otherwise; ended with the test. */
  async login(config: ConnectConfig = {}, { host, port }: SftpPlace = this.sftp): Promise<SftpClient> {
    const usual = { host, port, username: 'alice', privateKey: keyPair('ed25519').private };
    const session = await SftpClient.connect({ ...usual, ...config });
    this.#context.after(() => session.vanish());
    return session;
  }

  /** Executions of a workflow by their ids, the oldest first, as Orrery's own API has them: also those that have ended. */
  async executions(workflowId: string): Promise<readonly string[]> {
    const query = `executions?system=transfer&scope=${workflowId}&order=oldest`;
    const caller = createCaller(this.server);
    const found: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: { status: number; body: OwnPage } = await caller.get(
        cursor === '' ? query : `${query}&cursor=${cursor}`,
      );
      assert.equal(page.status, 200, JSON.stringify(page.body));
      found.push(...page.body.executions.map(({ name }) => name));
      cursor = page.body.cursor;
    }
    return found;
  }

  describe(workflowId: string, executionId: string): Promise<DescribedExecution> {
    const query = { WorkflowId: workflowId, ExecutionId: executionId };
    return this.client.describeExecution(query).then(({ Execution }) => Execution ?? {});
  }

  /** What has become of the executions of a workflow, the oldest first, once there are so many and all have ended. */
  async ended(workflowId: string, count = 1): Promise<readonly DescribedExecution[]> {
    return eventually(`${count} executions have ended`, async () => {
      const ids = await this.executions(workflowId);
      assert.ok(ids.length <= count, `${ids.length} executions in place of ${count}`);
      const found = await Promise.all(ids.map((id) => this.describe(workflowId, id)));
      const isOver = found.every(({ Status }) => Status === 'COMPLETED' || Status === 'EXCEPTION');
      return isOver && ids.length === count ? found : undefined;
    });
  }

  /** Status and results of the only execution of a workflow, once it has ended. */
  async outcome(workflowId: string): Promise<Outcome> {
    const [execution] = await this.ended(workflowId);
    return outcomeOf(execution);
  }

  /** Lines of the server's log whose stream's name begins so, those of one stream in order. */
  async log(prefix: string, serverId = this.sftp.id): Promise<readonly LogLine[]> {
    const folder = join(
      streamPath(join(this.data, 'logs'), { group: `/aws/transfer/${serverId}`, stream: 'x' }),
      '..',
    );
    const names = (await streamNames(folder)).filter((name) => name.startsWith(prefix));
    return (await Promise.all(names.map((name) => readLines<LogLine>(join(folder, name))))).flat();
  }

  /** Resolves with what the log then has, once a line of that type is there. */
  async logged(type: string, prefix = ''): Promise<readonly LogLine[]> {
    return eventually(`${type} is logged`, async () => {
      const lines = await this.log(prefix);
      return lines.some((line) => line['activity-type'] === type || line.type === type) ? lines : undefined;
    });
  }
}

interface OwnPage {
  readonly executions: readonly { readonly name: string }[];
  readonly cursor?: string;
}

export type LogLine = Readonly<Record<string, unknown>>;

/** Asks until there is an answer, for as long as a test may take. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  milliseconds = 30_000,
): Promise<Answer> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < deadline, `never happened: ${what}`);
    await delay(3);
  }
}

/** Steps in the types of the vendor's client, whose lists can be written to. */
export const sdkSteps = (steps: readonly WorkflowStep[]): SdkStep[] => structuredClone(steps) as SdkStep[];

export function outcomeOf({ Status, Results }: DescribedExecution = {}): Outcome {
  return { Status, ...Results };
}

/** Steps as their types and errors. */
export const brief = (steps: ExecutionResults['Steps']): readonly string[] =>
  (steps ?? []).map(({ StepType, Error: error }) => (error ? `${StepType} ${error.Type}` : `${StepType}`));

interface Running {
  readonly server: TestServer;
  readonly client: Transfer;
  readonly secrets: SecretsManager;
  readonly storage: Storage;
  readonly stop: () => Promise<void>;
}

async function run(data: string, options: SftpWorldOptions): Promise<Running> {
  const { buckets = {}, versioned = [], fileSystems = [], settings = {}, ...other } = options;
  const { isKept = false, ...rest } = other;
  const { changeStorage = (storage) => storage, ...shared } = rest;
  const clock = options.clock ?? systemClock;
  const opened = openStorage({
    buckets: {
      ...buckets,
      ...Object.fromEntries(versioned.map((id) => [id, { directory: join(data, id), versioning: true }])),
    },
    fileSystems: Object.fromEntries(fileSystems.map((id) => [id, { directory: join(data, id) }])),
    data,
    region,
    newId: newUuid,
    now: () => clock.now(),
  });
  const storage = changeStorage(opened);
  const server = await startServer({
    ...shared,
    dataDirectory: data,
    ...(!isKept && { store: openMemoryStore() }),
    transfer: {
      storage,
      settings: { ...SETTINGS, ...settings },
    },
  });
  const client = createClient(server);
  const secrets = createSecretsClient(server);
  const stop = async (): Promise<void> => {
    client.destroy();
    secrets.destroy();
    await server.stop();
  };
  return { server, client, secrets, storage, stop };
}

const SETTINGS: TransferSettings = {
  sftp: { host: '127.0.0.1', ports: { first: 2222, last: 2299 } },
  throttle: 'none',
  endedExecutions: 'visible',
  temporarySuffixes: [],
};
