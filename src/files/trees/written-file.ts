/** A file that was open for writing and has been closed, as it lies in storage now. */
export interface WrittenFile {
  readonly how: 'closed' | 'broken';
  readonly size: number;
  /** As the entity tags of buckets; unknown where the file was not written from its start to its end. */
  readonly checksum?: string | undefined;
  readonly location: StoredFile;
}

export type StoredFile =
  | {
      readonly kind: 'bucket';
      readonly bucket: string;
      readonly key: string;
      readonly versionId?: string | undefined;
      readonly etag: string;
    }
  | { readonly kind: 'file-system'; readonly fileSystemId: string; readonly path: string };

/**
 * Called while the file closes, once it is whole where it shall be; its name may still be becoming durable. `close` waits for both
 * and fails with either.
 */
export type Written = (file: WrittenFile) => Promise<void>;

/** Called when a file is opened for writing, with its path in the bucket or file system; it may have another one when it closes. */
export type BeginWriting = (path: string) => Written;
