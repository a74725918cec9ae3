import { openTransfer } from '../../src/apis/transfer/index.ts';
import { transferKernelApi } from '../../src/apis/transfer/kernel-api.ts';
import { transferModel } from '../../src/apis/transfer/model/shapes.gen.ts';
import type * as Wire from '../../src/apis/transfer/model/types.gen.ts';
import { operations } from '../../src/apis/transfer/operations.ts';
import type { Server } from '../../src/apis/transfer/resources/documents.ts';
import { changeServer } from '../../src/apis/transfer/resources/servers.ts';
import type { TransferSettings } from '../../src/apis/transfer/settings.ts';
import { startUploadExecution } from '../../src/apis/transfer/start-execution.ts';
import { createStepRunners } from '../../src/apis/transfer/steps/index.ts';
import type { Allows, Transfer } from '../../src/apis/transfer/transfer.ts';
import type { PosixProfile } from '../../src/apis/transfer/upload.ts';
import type { Bucket } from '../../src/files/bucket.ts';
import type { FileSystem } from '../../src/files/file-system.ts';
import type { CallFunction, CallOptions } from '../../src/functions/call-function.ts';
import { createIds } from '../../src/kernel/ids.ts';
import { Kernel } from '../../src/kernel/kernel.ts';
import type { Store } from '../../src/kernel/store.ts';
import { LIMITS } from '../../src/limits.ts';
import type { LogGroups, LogStream } from '../../src/logs/log-groups.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { compileValidator } from '../../src/wire/validate.ts';
import { type FaultyStore, makeFaulty } from './faulty-store.ts';
import { createFixedClock, type FixedClock } from './fixed-clock.ts';
import { MemoryBucket } from './memory-bucket.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { put } from './objects.ts';
import { settle } from './toy-kernel.ts';
import { transferParts } from './transfer-parts.ts';

export const WORLD = { account: '000000000000', region: 'us-east-1' };
export const SERVER = 's-0123456789abcdef0';
export const ROLE = 'arn:aws:iam::000000000000:role/run';
export const LOGGING_ROLE = 'arn:aws:iam::000000000000:role/log';
const SESSION = '0123456789abcdef';

/** A call of a function that the test answers. */
export interface FunctionCall {
  readonly name: string;
  readonly event: CustomEvent;
  readonly options: CallOptions;
  readonly end: (error?: unknown) => void;
}

export interface CustomEvent {
  readonly token: string;
  readonly serviceMetadata: {
    readonly executionDetails: { readonly workflowId: string; readonly executionId: string };
  };
  readonly fileLocation: Readonly<Record<string, unknown>>;
}

export interface UploadOptions {
  readonly content?: string | Uint8Array;
  readonly isPartial?: boolean;
  readonly userName?: string;
  readonly bucket?: string;
  readonly size?: number;
}

/** What stays when the process dies, and what a test sets. */
export interface WorkflowParts {
  readonly store: Store;
  readonly clock: FixedClock;
  readonly buckets: Map<string, Bucket>;
  readonly fileSystems: Map<string, FileSystem>;
  readonly secrets: Map<string, string>;
  readonly logs: MemoryLogs;
  readonly roles: Map<string, Allows>;
  readonly settings: Partial<TransferSettings>;
  readonly limits: Readonly<Record<string, number>>;
}

type Requests = { readonly [Name in keyof typeof operations]: Parameters<(typeof operations)[Name]>[1] };

/** Workflows on a kernel of their own, with buckets `in` and `out` and file systems `fs-11111111` and `fs-22222222` in memory. */
export class TestWorkflows {
  readonly parts: WorkflowParts;
  readonly store: FaultyStore;
  readonly transfer: Transfer;
  readonly calls: FunctionCall[] = [];
  readonly errors: unknown[] = [];

  private constructor(parts: WorkflowParts, store: FaultyStore, transfer: Transfer) {
    this.parts = parts;
    this.store = store;
    this.transfer = transfer;
  }

  static async open(given: Partial<WorkflowParts> = {}): Promise<TestWorkflows> {
    const parts: WorkflowParts = { ...newParts(), ...given };
    const store = makeFaulty(parts.store);
    const errors: unknown[] = [];
    const calls: FunctionCall[] = [];
    const callFunction: CallFunction = (name, event, options) =>
      new Promise((resolve, reject) => {
        const end = (error?: unknown): void => (error === undefined ? resolve('null') : reject(error));
        options.signal.addEventListener('abort', () => reject(options.signal.reason), { once: true });
        calls.push({ name, event: JSON.parse(event) as CustomEvent, options, end });
      });
    const opened = Promise.withResolvers<Transfer>();
    const runners = createStepRunners(opened.promise);
    const kernel = await Kernel.open({
      store,
      clock: parts.clock,
      ids: createIds(),
      apis: [transferKernelApi(runners)],
      historyCacheCharacters: 1_000_000,
      onError: (error) => errors.push(error),
    });
    const { settings, ...rest } = transferParts();
    const transfer = openTransfer({
      ...rest,
      kernel,
      clock: parts.clock,
      tokenKey: Buffer.alloc(32, 7),
      limits: {
        ...Object.fromEntries(LIMITS.map((limit) => [limit.name, limit.default])),
        // The clock stands still.
        'transfer.groupMilliseconds': 0,
        ...parts.limits,
      },
      settings: { ...settings, ...parts.settings },
      callFunction,
      report: (error) => errors.push(error),
      logs: parts.logs,
      secrets: {
        arnOf: async (_world, name) => (parts.secrets.has(name) ? `arn:of:${name}` : undefined),
        read: async (_world, name) => parts.secrets.get(name),
      },
      policiesOf: (role) => parts.roles.get(role),
      storage: {
        ...rest.storage,
        bucket: (name) => parts.buckets.get(name),
        fileSystem: (id) => parts.fileSystems.get(id),
      },
    });
    opened.resolve(transfer);
    await transfer.workflowRuns.log.resume();
    const workflows = new TestWorkflows(parts, store, transfer);
    Object.assign(workflows, { calls, errors });
    return workflows;
  }

  /** Ends as a crash does, and opens again on what the store and the storage hold. */
  async crash(): Promise<TestWorkflows> {
    const { clock } = this.parts;
    this.store.dieAt(0);
    clock.stop();
    await settle();
    return TestWorkflows.open({ ...this.parts, clock: createFixedClock(clock.now()) });
  }

  bucket(name: string): MemoryBucket {
    return this.parts.buckets.get(name) as MemoryBucket;
  }

  fileSystem(id: string): MemoryFileSystem {
    return this.parts.fileSystems.get(id) as MemoryFileSystem;
  }

  /** One request, validated and answered as over the wire. */
  async request<Answer>(name: keyof Requests, input: object, world = WORLD): Promise<Answer> {
    const shape = transferModel.operations[name]?.input;
    if (shape !== undefined) compileValidator(shape)(input as Readonly<Record<string, unknown>>);
    const run = operations[name] as (transfer: Transfer, input: object, call: object) => unknown;
    try {
      return (await run(this.transfer, input, world)) as Answer;
    } finally {
      await this.transfer.kernel.durable();
    }
  }

  async create(
    steps: readonly Wire.WorkflowStep[],
    handlers?: readonly Wire.WorkflowStep[],
  ): Promise<string> {
    const input = { Steps: steps, ...(handlers !== undefined && { OnExceptionSteps: handlers }) };
    return (await this.request<Wire.CreateWorkflowResponse>('CreateWorkflow', input)).WorkflowId;
  }

  /** A server whose uploads, whole or partial, start the workflow. */
  attach(workflowId: string | undefined, on: 'OnUpload' | 'OnPartialUpload' = 'OnUpload'): void {
    const WorkflowDetails =
      workflowId === undefined
        ? { OnUpload: [] }
        : { [on]: [{ WorkflowId: workflowId, ExecutionRole: ROLE }] };
    changeServer(this.transfer, WORLD, { ...server, WorkflowDetails });
  }

  /** Creates a workflow and attaches it. */
  async use(steps: readonly Wire.WorkflowStep[], handlers?: readonly Wire.WorkflowStep[]): Promise<string> {
    const id = await this.create(steps, handlers);
    this.attach(id);
    return id;
  }

  /** A file that a client has closed; gives the execution's id once that is durable. */
  async upload(key: string, options: UploadOptions = {}): Promise<string | undefined> {
    const { content = 'hello', bucket = 'in' } = options;
    const { etag, versionId } = await put(this.parts.buckets.get(bucket) as Bucket, key, content);
    const version = versionId === undefined ? {} : { versionId };
    return this.#uploaded({ kind: 'bucket', bucket, key, etag, ...version }, options);
  }

  async uploadFile(path: string, content = 'hello'): Promise<string | undefined> {
    const owner = { uid: 1001, gid: 1002, secondaryGids: [7] };
    const writer = await this.fileSystem('fs-11111111').create(path, owner);
    await writer.write(0, new Uint8Array(Buffer.from(content)));
    await writer.publish();
    const file = { kind: 'file-system', fileSystemId: 'fs-11111111', path } as const;
    return this.#uploaded(file, { content }, { Uid: 1001, Gid: 1002, SecondaryGids: [7] });
  }

  async #uploaded(
    file: Parameters<typeof startUploadExecution>[2]['file'],
    { content = 'hello', isPartial = false, userName = 'alice', size = content.length }: UploadOptions,
    posixProfile?: PosixProfile,
  ): Promise<string | undefined> {
    const now = this.parts.clock.now();
    const id = startUploadExecution(this.transfer, this.#server, {
      world: WORLD,
      serverId: SERVER,
      userName,
      sessionId: SESSION,
      sourceIp: '192.0.2.1',
      file,
      size,
      startedAt: now - 1000,
      endedAt: now,
      isPartial,
      ...(posixProfile !== undefined && { posixProfile }),
    });
    await this.transfer.kernel.durable();
    return id;
  }

  get #server(): Server {
    const record = this.transfer.kernel.records.get<Server>(
      'transfer-servers',
      `${WORLD.account}/${WORLD.region}/${SERVER}`,
    );
    return record?.document ?? server;
  }

  describe(WorkflowId: string, ExecutionId: string | undefined): Promise<Wire.DescribeExecutionResponse> {
    return this.request('DescribeExecution', { WorkflowId, ExecutionId });
  }

  /** Status and results, once nothing moves any more. */
  async outcome(workflowId: string, executionId: string | undefined): Promise<Outcome> {
    await settle();
    const { Status, Results } = (await this.describe(workflowId, executionId)).Execution;
    return { Status, ...Results };
  }

  /** Uploads, and tells what comes of it. */
  async run(workflowId: string, key: string, options?: UploadOptions): Promise<Outcome> {
    return this.outcome(workflowId, await this.upload(key, options));
  }

  answer(call: FunctionCall, status: 'SUCCESS' | 'FAILURE', token = call.event.token): Promise<object> {
    const { workflowId, executionId } = call.event.serviceMetadata.executionDetails;
    return this.request('SendWorkflowStepState', {
      WorkflowId: workflowId,
      ExecutionId: executionId,
      Token: token,
      Status: status,
    });
  }

  /** Moves the clock, and lets what comes due happen. */
  async pass(seconds: number): Promise<void> {
    this.parts.clock.advance(seconds * 1000);
    await settle();
  }
}

export interface Outcome extends Wire.ExecutionResults {
  readonly Status: Wire.ExecutionStatus | undefined;
}

const server: Server = {
  id: SERVER,
  createdAt: 1,
  isStarted: true,
  Domain: 'S3',
  Protocols: ['SFTP'],
  IdentityProviderType: 'SERVICE_MANAGED',
  EndpointType: 'PUBLIC',
  LoggingRole: LOGGING_ROLE,
  SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  Tags: [],
};

function newParts(): WorkflowParts {
  const buckets = ['in', 'out'].map((name): [string, Bucket] => [name, new MemoryBucket(name)]);
  const fileSystems = ['fs-11111111', 'fs-22222222'].map((id): [string, FileSystem] => [
    id,
    new MemoryFileSystem(id),
  ]);
  return {
    store: openMemoryStore(),
    clock: createFixedClock(),
    buckets: new Map(buckets),
    fileSystems: new Map(fileSystems),
    secrets: new Map(),
    logs: new MemoryLogs(),
    roles: new Map(),
    settings: {},
    limits: {},
  };
}

export class MemoryLogs implements LogGroups {
  readonly streams = new Map<string, object[]>();

  write({ group, stream }: LogStream, time: number, event: object): void {
    const key = `${group}:${stream}`;
    const lines = this.streams.get(key) ?? [];
    lines.push({ time, ...event });
    this.streams.set(key, lines);
  }

  async read({ group, stream }: LogStream): Promise<readonly object[]> {
    return this.streams.get(`${group}:${stream}`) ?? [];
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
