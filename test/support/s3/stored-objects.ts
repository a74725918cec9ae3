import { createHash } from 'node:crypto';

export interface StoredVersion {
  readonly id: string;
  /** Undefined for a delete marker. */
  readonly content: Buffer | undefined;
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string;
  tags: readonly { readonly Key: string; readonly Value: string }[];
}

export type NewVersion = Pick<StoredVersion, 'metadata' | 'contentType' | 'tags'> & {
  readonly content: Buffer;
  readonly etag?: string;
};

export const md5Hex = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** The objects of one bucket; of each key the versions, the newest last. */
export class StoredObjects {
  readonly isVersioned: boolean;
  readonly keys = new Map<string, StoredVersion[]>();
  #ids = 0;

  constructor(isVersioned: boolean) {
    this.isVersioned = isVersioned;
  }

  get(key: string, versionId?: string): StoredVersion | undefined {
    const versions = this.keys.get(key) ?? [];
    return versionId === undefined ? versions.at(-1) : versions.find(({ id }) => id === versionId);
  }

  put(key: string, { content, etag = md5Hex(content), ...about }: NewVersion): StoredVersion {
    return this.#add(key, { content, etag, ...about });
  }

  #add(key: string, version: Omit<StoredVersion, 'id' | 'modifiedAt'>): StoredVersion {
    this.#ids += 1;
    // As headers have it, in whole seconds.
    const modifiedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    const added = { ...version, id: this.isVersioned ? `v${this.#ids}` : 'null', modifiedAt };
    this.keys.set(key, this.isVersioned ? [...(this.keys.get(key) ?? []), added] : [added]);
    return added;
  }

  remove(key: string, versionId: string | undefined): void {
    if (versionId !== undefined) {
      const rest = (this.keys.get(key) ?? []).filter(({ id }) => id !== versionId);
      if (rest.length === 0) this.keys.delete(key);
      else this.keys.set(key, rest);
    } else if (this.isVersioned) {
      this.#add(key, { content: undefined, etag: '', metadata: {}, contentType: '', tags: [] });
    } else this.keys.delete(key);
  }

  /** Keys with a current object, in the order of their bytes. */
  sorted(): string[] {
    const present = [...this.keys.keys()].filter((key) => this.get(key)?.content !== undefined);
    return present.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
}
