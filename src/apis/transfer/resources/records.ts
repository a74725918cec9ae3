import type { Kernel } from '../../../kernel/kernel.ts';

interface Registered {
  readonly kernel: Kernel;
}

/** Writes a document whatever was there before under its id. */
export function writeRecord<Document>(
  { kernel }: Registered,
  collection: string,
  { id, document }: { readonly id: string; readonly document: Document },
): void {
  const version = kernel.records.get(collection, id)?.version ?? 0;
  kernel.records.put(collection, { id, version, document });
}

/** Removes a document; one that is not there is fine. */
export function removeRecord({ kernel }: Registered, collection: string, id: string): void {
  const record = kernel.records.get(collection, id);
  if (record !== undefined) kernel.records.remove(collection, id, record.version);
}

/** Place in lists that are in order of creation; `createdAt` is in epoch milliseconds, at most 13 digits. */
export function creationKey(createdAt: number, id: string): string {
  return `${String(createdAt).padStart(15, '0')} ${id}`;
}

/** In order of creation. */
export function byCreation<Document>(keyOf: (document: Document) => string) {
  return (a: Document, b: Document): number => (keyOf(a) < keyOf(b) ? -1 : 1);
}
