import type { Swf } from './swf.ts';

/**
 * The answer to a poll that finds nothing: a task whose token is empty, says the documentation. In recordings of 2015 and 2016 there
 * is no token at all, and the vendor's framework for Java takes any other for a task.
 */
export function noTask<Members extends object>(
  { settings }: Swf,
  members: Members,
): Members & { readonly taskToken?: '' } {
  return settings.idleTaskToken === 'absent' ? members : { taskToken: '', ...members };
}
