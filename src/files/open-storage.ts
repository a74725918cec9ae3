import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryBucket } from './backends/local/directory-bucket.ts';
import type { Bucket } from './bucket.ts';
import type { Storage } from './storage.ts';

export function openStorage({ data, region }: { data: string; region: string }): Storage {
  const opened = new Map<string, DirectoryBucket>();
  return {
    bucket: (name): Bucket | undefined => {
      const known = opened.get(name);
      if (known) return known;
      const directory = join(data, 'buckets', name);
      if (!existsSync(directory)) return undefined;
      const bucket = new DirectoryBucket({ name, region, directory });
      opened.set(name, bucket);
      return bucket;
    },
    fileSystem: () => undefined,
    buckets: () => (existsSync(join(data, 'buckets')) ? readdirSync(join(data, 'buckets')) : []),
    fileSystems: () => [],
    sweep: async () => {},
    close: async () => {
      for (const bucket of opened.values()) bucket.close();
    },
  };
}
