import type { JsonObject } from '../../../language/json.ts';
import { StepFailure } from '../../failure.ts';
import { variableFailure } from '../../inferred.ts';
import { isTooLarge } from '../../json-size.ts';
import type { State } from '../../state.ts';

/** States that would write too large a variable, or too much in all, fail. */
export function checkVariables({ global, limits }: State, written: JsonObject): void {
  const { variableNameBytes: nameBytes, variableBytes, allVariablesBytes } = limits;
  for (const [name, value] of Object.entries(written)) {
    if (nameBytes > 0 && Buffer.byteLength(name) > nameBytes) refuse('The name of a variable', nameBytes);
    if (isTooLarge([value], variableBytes)) refuse(`The variable '${name}'`, variableBytes);
  }
  if (isTooLarge([{ ...global, ...written }], allVariablesBytes)) {
    refuse('The whole of all variables', allVariablesBytes);
  }
}

function refuse(subject: string, limit: number): never {
  throw new StepFailure(variableFailure(subject, limit));
}
