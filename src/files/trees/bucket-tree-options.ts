import type { Written } from './written-file.ts';

export interface BucketTreeOptions {
  /** User metadata of objects that are written. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly written?: Written;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
