import type { BeginWriting } from './written-file.ts';

export interface BucketTreeOptions {
  /** User metadata of objects that are written. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly beginWriting?: BeginWriting;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
