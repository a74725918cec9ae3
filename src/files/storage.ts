import type { Bucket } from './bucket.ts';
import type { FileSystem } from './file-system.ts';

/** Every bucket and file system of the installation, by name. */
export interface Storage {
  /** Undefined when there is none of that name. */
  bucket(name: string): Bucket | undefined;
  /** By `fs-…` id or an ARN that ends in it. */
  fileSystem(id: string): FileSystem | undefined;
  /** Names, ascending. */
  buckets(): readonly string[];
  fileSystems(): readonly string[];
  /** Removes what uploads left that were interrupted when the process died; to be called once, before anything is served. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}
