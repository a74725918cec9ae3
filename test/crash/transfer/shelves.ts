import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateUserCommandInput, Domain } from '@aws-sdk/client-transfer';
import type { WorkflowStep } from '../../../src/apis/transfer/model/types.gen.ts';
import { openStorage, type StorageOptions } from '../../../src/files/open-storage.ts';
import { newUuid } from '../../../src/kernel/ids.ts';
import { getBytes, keys } from '../../support/objects.ts';
import { ACCESS_KEY, startS3Server } from '../../support/s3/s3-server.ts';
import { copy, copyFile, decrypt, decryptFile, remove, tag } from '../../support/workflow-steps.ts';

/** What a round's clients upload to, and its workflows copy to. */
export type Side = 'in' | 'out';

/** A file as it is found in the end; of file systems without tags. */
export interface Found {
  readonly content: Buffer;
  readonly tags?: string;
}

/** One of the three kinds of storage. */
export interface Shelves {
  readonly kind: 'directories' | 'S3' | 'file systems';
  readonly domain: Domain;
  readonly home: Pick<CreateUserCommandInput, 'HomeDirectory' | 'PosixProfile'>;
  /** For the configuration of servers. */
  readonly storage: Pick<StorageOptions, 'buckets' | 'fileSystems'>;
  readonly steps: ShelfSteps;
  /** Once no server has them open. */
  read(side: Side): Promise<ReadonlyMap<string, Found>>;
  /** What is left of writing, where the server tidies up itself. */
  readonly temporary: (side: Side) => readonly string[];
  readonly close: () => Promise<void>;
}

interface ShelfSteps {
  readonly copy: (folder: string) => WorkflowStep;
  readonly decrypt: (folder: string) => WorkflowStep;
  readonly remove: WorkflowStep;
  /** None on file systems. */
  readonly tag: readonly WorkflowStep[];
  readonly handler: WorkflowStep;
}

const SIDES = ['in', 'out'] as const;
const objectSteps: ShelfSteps = {
  copy,
  decrypt,
  remove: remove('original'),
  tag: [tag({ s: 'ok' })],
  handler: tag({ handled: '1' }, 'original'),
};
const objects = { domain: 'S3', home: { HomeDirectory: '/in' }, steps: objectSteps } as const;

export function directories(folder: string): Shelves {
  const place = (side: Side): string => join(folder, 'data/buckets', side);
  for (const side of SIDES) mkdirSync(place(side), { recursive: true });
  const storage = { buckets: {}, fileSystems: {} };
  return {
    ...objects,
    kind: 'directories',
    storage,
    read: (side) => readBucket({ data: join(folder, 'data'), ...storage }, side),
    temporary: (side) => readdirSync(join(place(side), '.orrery/uploads')),
    close: async () => undefined,
  };
}

/** Objects that outlive the servers, at an endpoint that lives as long as the round. */
export async function atEndpoint(folder: string): Promise<Shelves> {
  const server = await startS3Server(SIDES);
  const at = { endpoint: server.url, region: 'us-east-1', forcePathStyle: true, ...ACCESS_KEY };
  const buckets = Object.fromEntries(SIDES.map((bucket) => [bucket, { ...at, bucket }]));
  const storage = { buckets, fileSystems: {} };
  return {
    ...objects,
    kind: 'S3',
    storage,
    read: (side) => readBucket({ data: join(folder, 'data'), ...storage }, side),
    // Parts of uploads that a killed process has begun are for the rules of the endpoint.
    temporary: () => [],
    close: () => server.close(),
  };
}

const IDS = { in: 'fs-0000000000000000a', out: 'fs-0000000000000000b' } as const;

export function fileSystems(folder: string): Shelves {
  const place = (side: Side): string => join(folder, side);
  for (const side of SIDES) mkdirSync(place(side));
  const entries = SIDES.map((side) => [IDS[side], { directory: place(side) }]);
  const profile = { Uid: process.getuid?.() ?? 0, Gid: process.getgid?.() ?? 0 };
  return {
    kind: 'file systems',
    domain: 'EFS',
    home: { HomeDirectory: `/${IDS.in}`, PosixProfile: profile },
    storage: { buckets: {}, fileSystems: Object.fromEntries(entries) },
    steps: {
      copy: (to) => copyFile(IDS.out, `/${to}`),
      decrypt: (to) => decryptFile(IDS.out, `/${to}`),
      remove: remove('original'),
      tag: [],
      handler: copyFile(IDS.out, '/handled/'),
    },
    read: async (side) => readFiles(place(side)),
    temporary: (side) => readdirSync(join(place(side), '.orrery/uploads')),
    close: async () => undefined,
  };
}

async function readBucket(
  options: Pick<StorageOptions, 'buckets' | 'fileSystems' | 'data'>,
  side: Side,
): Promise<ReadonlyMap<string, Found>> {
  const storage = openStorage({ ...options, region: 'us-east-1', newId: newUuid, now: () => Date.now() });
  try {
    const bucket = storage.bucket(side);
    if (bucket === undefined) throw new Error(`there is no bucket ${side}`);
    const found = new Map<string, Found>();
    for (const key of await keys(bucket)) {
      const tags = (await bucket.getTags({ key })).map(({ Key, Value }) => `${Key}=${Value}`).join(' ');
      found.set(key, { content: await getBytes(bucket, key), tags });
    }
    return found;
  } finally {
    await storage.close();
  }
}

function readFiles(folder: string): ReadonlyMap<string, Found> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('.orrery'));
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), { content: readFileSync(path) }];
    }),
  );
}
