import { sealTokenText, taskTokenText } from '../token-text.ts';
import type { Run } from './run.ts';

/** The token by which the task of a step can be reported. */
export function tokenOf({ turn, state, installation }: Run, step: number): string {
  const { name, id } = turn.identity;
  const text = taskTokenText({
    flow: state.flow.name,
    executionName: name,
    executionId: id,
    taskEventId: step,
  });
  return sealTokenText(text, installation.tokenMac(text));
}
