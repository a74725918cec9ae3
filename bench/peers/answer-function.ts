import { answerOf } from '../load/flows.ts';

/** The module function that the flows of the load call. */
export function handler({ n }: { readonly n: number }): object {
  return answerOf(n);
}
