import type { JsonObject } from '../../../language/json.ts';
import { StepFailure } from '../../failure.ts';
import { variableFailure } from '../../inferred.ts';
import { isTooLarge } from '../../json-size.ts';
import type { State } from '../../state.ts';

const NAME_BYTES = 128;

/** States that would write too large a variable, or too much in all, fail. */
export function checkVariables({ global, limits }: State, written: JsonObject): void {
  const { variableBytes, allVariablesBytes } = limits;
  for (const [name, value] of Object.entries(written)) {
    if (Buffer.byteLength(name) > NAME_BYTES) refuse('The name of a variable', NAME_BYTES);
    if (isTooLarge([value], variableBytes)) refuse(`The variable '${name}'`, variableBytes);
  }
  if (isTooLarge([{ ...global, ...written }], allVariablesBytes)) {
    refuse('The whole of all variables', allVariablesBytes);
  }
}

function refuse(subject: string, limit: number): never {
  throw new StepFailure(variableFailure(subject, limit));
}
