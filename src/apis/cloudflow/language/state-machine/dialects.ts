import type { Dialect } from '../parse-expression.ts';

const ANYWHERE = ['Input', 'Context', 'Global', 'Environment'];

/** Where the state has not worked yet: conditions, inputs, parameters. */
export const BEFORE: Dialect = { roots: ANYWHERE, calls: true };

/** Where there is a raw result: constructors of outputs and global variables. */
export const AFTER: Dialect = { roots: [...ANYWHERE, 'Output'], calls: true };

/** For each item of a distributed map. */
export const FOR_ITEM: Dialect = { roots: [...ANYWHERE, 'Item'], calls: true };
