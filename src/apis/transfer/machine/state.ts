import type {
  CustomStepStatus,
  ExecutionErrorType,
  ExecutionStatus,
  WorkflowStepType,
} from '../model/types.gen.ts';
import type { FileLocation } from '../upload.ts';
import type { Facts } from './facts.ts';

export type StepList = 'Steps' | 'OnExceptionSteps';

export interface StepError {
  readonly type: ExecutionErrorType;
  readonly message: string;
}

/** One step: `number` counts all steps of the execution from 1, exception handlers included. */
interface AnyStep {
  readonly number: number;
  readonly list: StepList;
  readonly type: WorkflowStepType;
  readonly name?: string | undefined;
  /** The file that it works on. */
  readonly source: FileLocation;
  readonly startedAt: number;
}

export interface CurrentStep extends AnyStep {
  /** Place in its list, from 0. */
  readonly index: number;
  /** Since when its effect may show, where that matters: a function may have been called, a file be gone. */
  begunAt: number | null;
  /** The function has been called and is done; only the answer is missing. */
  isCalled: boolean;
  /** Bytes; null until there is something to tell. */
  progress: { readonly done: number; readonly total: number } | null;
}

export interface EndedStep extends AnyStep {
  readonly endedAt: number;
  /** JSON text, on success. */
  readonly outputs?: string | undefined;
  readonly error?: StepError | undefined;
  /** Where the file that it made lies. */
  readonly location?: FileLocation | undefined;
  /** How much it has written. */
  readonly bytes?: number | undefined;
  /** What a custom step's function said. */
  readonly answer?: CustomStepStatus | undefined;
}

/** One execution: plain JSON, times in epoch milliseconds. */
export interface State {
  /** Null only before the first event. */
  facts: Facts | null;
  status: ExecutionStatus;
  /** What `${previous.file}` means. */
  previous: FileLocation | null;
  ended: EndedStep[];
  current: CurrentStep | null;
  endedAt: number | null;
}

export function initial(): State {
  return { facts: null, status: 'IN_PROGRESS', previous: null, ended: [], current: null, endedAt: null };
}

/** The facts of an execution that has begun. */
export function factsOf({ facts }: State): Facts {
  if (facts === null) throw new Error('The execution has not begun.');
  return facts;
}
