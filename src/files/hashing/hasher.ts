import { createHash } from 'node:crypto';

/** Hashes contents, several at a time. */
export interface Hasher {
  begin(): Hashing;
  close(): Promise<void>;
}

/** The MD5 of one content, whose bytes come in order. Ends by `digest` or `drop`. */
export interface Hashing {
  /** Undefined when the bytes are done with; else they must stay as they are until it resolves. */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** In hexadecimal. */
  digest(): Promise<string>;
  drop(): void;
}

/** Hashes where it is called: 1.7 ms for a megabyte. */
export const inlineHasher: Hasher = {
  begin: () => {
    const hash = createHash('md5');
    return {
      update: (bytes) => {
        hash.update(bytes);
        return undefined;
      },
      digest: async () => hash.digest('hex'),
      drop: () => undefined,
    };
  },
  close: async () => undefined,
};
