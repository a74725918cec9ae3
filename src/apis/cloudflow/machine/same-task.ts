import type { Callback } from './commands.ts';

/** Do both name the same task? The names of its execution follow from the id. */
export function isSameTask(
  a: Pick<Callback, 'executionId' | 'taskEventId'>,
  b: Pick<Callback, 'executionId' | 'taskEventId'>,
): boolean {
  return a.executionId === b.executionId && a.taskEventId === b.taskEventId;
}
