import type { Plan } from '../../language/plan.ts';
import type { StartCommand } from '../commands.ts';
import { failureOf } from '../failure.ts';
import type { OwnParts } from '../own.ts';
import { endFailed } from './end.ts';
import { append, type Run } from './run.ts';

/** Writes the first event. A flow whose own input cannot be built fails at once. */
export function start(run: Run, command: StartCommand): void {
  const { turn, dialect, plan } = run;
  const { kind: _, list = 0, ...facts } = command;
  const given = JSON.parse(command.input);
  const began = { facts, language: plan.language, due: dueOf(run, command), list };
  const input: Input = inputOf(run, given);
  const own: OwnParts['ExecutionStarted'] = {
    ...began,
    at: dialect.first(run, list),
    ...(input.scopeInput !== undefined && { scopeInput: input.scopeInput }),
  };
  append(turn, { type: 'ExecutionStarted', time: turn.now, step: '', cause: 0, detail: { input: given }, own });
  if (input.failure !== undefined) endFailed(run, input.failure);
}
