import { Unavailable, VersionConflict } from './errors.ts';
import { shardOf } from './ids.ts';
import type { RecordDelta } from './store.ts';

/** A versioned document; versions of one id count 1, 2, 3 … */
export interface VersionedRecord<Document> {
  readonly id: string;
  readonly version: number;
  readonly document: Document;
}

interface Collection {
  readonly byId: Map<string, VersionedRecord<unknown>>;
  /** Ids in order, until one is added or removed. */
  sorted: string[] | undefined;
}

/**
 * What is registered rather than run: documents in named collections, all in memory, written through their shard.
 * Every call throws `Unavailable` while the collection is being read again.
 */
export class Records {
  readonly #collections = new Map<string, Collection>();
  readonly #droppedShards = new Set<number>();
  readonly #write: (shard: number, record: RecordDelta) => void;

  constructor(write: (shard: number, record: RecordDelta) => void) {
    this.#write = write;
  }

  get<Document>(collection: string, id: string): VersionedRecord<Document> | undefined {
    return this.#collection(collection)?.byId.get(id) as VersionedRecord<Document> | undefined;
  }

  /** Writes a document over the version that the caller has seen (0 for none); throws `VersionConflict`. */
  put<Document>(collection: string, record: VersionedRecord<Document>): void {
    const { id, version: seen, document } = record;
    this.#expect(collection, id, seen);
    const version = seen + 1;
    this.#write(shardOf(collection), { collection, id, version, document: JSON.stringify(document) });
    this.#keep(collection, { id, version, document });
  }

  remove(collection: string, id: string, seen: number): void {
    this.#expect(collection, id, seen);
    this.#write(shardOf(collection), { collection, id, version: seen + 1 });
    const kept = this.#collection(collection);
    kept?.byId.delete(id);
    if (kept !== undefined) kept.sorted = undefined;
  }

  count(collection: string): number {
    return this.#collection(collection)?.byId.size ?? 0;
  }

  /** All records of a collection, ascending by the code units of their ids. */
  list<Document>(collection: string): VersionedRecord<Document>[] {
    const kept = this.#collection(collection);
    if (kept === undefined) return [];
    kept.sorted ??= [...kept.byId.keys()].sort();
    return kept.sorted.map((id) => kept.byId.get(id) as VersionedRecord<Document>);
  }

  /** Puts a record read from the store into memory. */
  adopt({ collection, id, version, document }: Required<RecordDelta>): void {
    this.#keep(collection, { id, version, document: JSON.parse(document) });
  }

  /** Everything of that shard has been adopted. */
  restored(shard: number): void {
    this.#droppedShards.delete(shard);
  }

  /** Forgets what a shard holds, before it is read again. */
  drop(shard: number): void {
    this.#droppedShards.add(shard);
    for (const collection of [...this.#collections.keys()]) {
      if (shardOf(collection) === shard) this.#collections.delete(collection);
    }
  }

  #collection(name: string): Collection | undefined {
    const found = this.#collections.get(name);
    const isDropped =
      found === undefined && this.#droppedShards.size > 0 && this.#droppedShards.has(shardOf(name));
    if (isDropped) throw new Unavailable('The store is being read again.');
    return found;
  }

  #expect(collection: string, id: string, seen: number): void {
    const version = this.get(collection, id)?.version ?? 0;
    if (version !== seen) throw new VersionConflict(`${id} is at version ${version}, not ${seen}`);
  }

  #keep(name: string, record: VersionedRecord<unknown>): void {
    let collection = this.#collections.get(name);
    if (collection === undefined) {
      collection = { byId: new Map(), sorted: undefined };
      this.#collections.set(name, collection);
    }
    if (!collection.byId.has(record.id)) collection.sorted = undefined;
    collection.byId.set(record.id, record);
  }
}
