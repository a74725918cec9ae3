import type { World } from './world.ts';

/** A file that a client has sent and closed, or left unclosed, as it lies in storage now. Times are epoch milliseconds. */
export interface Upload {
  readonly world: World;
  readonly serverId: string;
  readonly userName: string;
  readonly sessionId: string;
  readonly sourceIp: string;
  readonly file: FileLocation;
  /** Bytes; never 0. */
  readonly size: number;
  /** Of what lies in a file system, where it is known; in a bucket it is the ETag. */
  readonly checksum?: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The session ended while the file was open. */
  readonly isPartial: boolean;
  readonly posixProfile?: PosixProfile | undefined;
}

/** As the vendor's answers and events name it. */
export type FileLocation =
  | {
      readonly kind: 'bucket';
      readonly bucket: string;
      readonly key: string;
      readonly versionId?: string | undefined;
      readonly etag: string;
    }
  | { readonly kind: 'file-system'; readonly fileSystemId: string; readonly path: string };

export interface PosixProfile {
  readonly Uid: number;
  readonly Gid: number;
  readonly SecondaryGids?: readonly number[];
}
