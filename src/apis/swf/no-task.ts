import type { Swf } from './swf.ts';

/**
 * The answer to a poll that finds nothing: a task whose token is empty, say the documentation and reports of 2026. In recordings of
 * 2015 and 2016 there is no token at all, and the vendor's framework for Java takes whatever has one, even an empty one, for a task.
 */
export function noTask<Members extends object>(
  { settings }: Swf,
  members: Members,
): Members & { readonly taskToken?: '' } {
  return settings.idleTaskToken === 'absent' ? members : { taskToken: '', ...members };
}
