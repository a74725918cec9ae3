import type { Write } from '../script.ts';

/** Larger than a page, so that the database needs room for it. */
const ballast = ' '.repeat(16_384);

export const probeWriting: readonly Write[] = [
  { sql: `insert into meta (key, value) values ('probe', ?)`, rows: [[ballast]] },
  { sql: `delete from meta where key = ?`, rows: [['probe']] },
];
