import type { Json } from '../../language/json.ts';
import type { TaskEffect } from '../effects.ts';
import type { RunningTask, TaskMode } from '../state.ts';

/** The attempt that a call is made for. */
export interface Attempt {
  readonly step: number;
  readonly mode: TaskMode;
  /** The same whenever this attempt is made again. */
  readonly idempotency: string;
  /** Name for an execution that the task starts without naming it. */
  readonly executionName: string;
  /** Set where the task waits for a report. */
  readonly token?: string;
}

/** What an attempt calls. */
export interface Called {
  readonly effect: TaskEffect;
  /** What is called, in a word. */
  readonly target: string;
  readonly child?: NonNullable<RunningTask['child']>;
}

/** JSON text of what a definition gives as text already, or as a value. */
export function jsonText(value: Json | undefined): string {
  if (value === undefined) return '{}';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
