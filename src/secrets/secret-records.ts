/** Versioned documents in collections, as the kernel keeps them; changes made in one go are stored together or not at all. */
export interface SecretRecords {
  get<Document>(collection: string, id: string): SecretRecord<Document> | undefined;
  /** Writes over the version that the caller has seen, 0 for none. */
  put<Document>(collection: string, record: SecretRecord<Document>): void;
  remove(collection: string, id: string, seen: number): void;
  /** Ascending by id. */
  list<Document>(collection: string): readonly SecretRecord<Document>[];
}

export interface SecretRecord<Document> {
  readonly id: string;
  readonly version: number;
  readonly document: Document;
}
