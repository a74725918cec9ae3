import { Rejection } from '../../../../kernel/errors.ts';
import type { Json } from '../../language/json.ts';
import type { StartCommand } from '../commands.ts';
import { type Failure, failureOf } from '../failure.ts';
import { isTooLarge } from '../json-size.ts';
import { endFailed } from './end.ts';
import { append, type Run } from './run.ts';

/** Writes the first event. A flow whose own input cannot be built fails at once. */
export function start(run: Run, command: StartCommand): void {
  const { turn, dialect, plan } = run;
  const { kind: _, list = 0, ...facts } = command;
  const given = JSON.parse(command.input) as Json;
  if (isTooLarge([given], 0)) throw new Rejection('InvalidArgument', 'The input is nested too deeply.');
  const input = inputOf(run, given);
  append(turn, {
    type: 'ExecutionStarted',
    time: turn.now,
    step: '',
    cause: 0,
    detail: { input: given },
    own: {
      facts,
      language: plan.language,
      due: dueOf(run, command),
      list,
      at: dialect.first(run, list),
      ...(input.mapped !== undefined && { scopeInput: input.mapped }),
    },
  });
  if (input.failure !== undefined) endFailed(run, input.failure);
}

function inputOf(run: Run, given: Json): { readonly mapped?: Json | undefined; readonly failure?: Failure } {
  try {
    return { mapped: run.dialect.scopeInput(run, given) };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

/** The earlier of what the definition says of the whole flow and what the settings allow; 0 is no limit. */
function dueOf({ plan, turn }: Run, { limits, list }: StartCommand): number | null {
  const own = list === undefined ? (plan.timeoutSeconds ?? 0) : 0;
  const seconds = [own, limits.seconds].filter((limit) => limit > 0);
  return seconds.length === 0 ? null : turn.now + Math.min(...seconds) * 1000;
}
