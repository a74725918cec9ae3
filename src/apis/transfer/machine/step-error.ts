import type { EffectOutcome } from '../../../kernel/machine.ts';
import type { ExecutionErrorType } from '../model/types.gen.ts';
import type { StepError } from './state.ts';

const TYPES: ReadonlySet<string> = new Set<ExecutionErrorType>([
  'PERMISSION_DENIED',
  'CUSTOM_STEP_FAILED',
  'THROTTLED',
  'ALREADY_EXISTS',
  'NOT_FOUND',
  'BAD_REQUEST',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
]);

const LONGEST_MESSAGE = 1024;

/** What a step that came to nothing ends with. */
export function errorOf({ error, details }: Extract<EffectOutcome, { ok: false }>): StepError {
  const message = typeof details === 'string' && details !== '' ? details : error;
  return {
    type: isErrorType(error) ? error : 'INTERNAL_SERVER_ERROR',
    message: message.slice(0, LONGEST_MESSAGE).toWellFormed(),
  };
}

const isErrorType = (text: string): text is ExecutionErrorType => TYPES.has(text);
