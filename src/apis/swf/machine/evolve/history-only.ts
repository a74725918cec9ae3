import { type Evolvers, unchanged } from './evolver.ts';

/** Markers, and talk with executions of which nothing needs to be kept. */
export const historyOnlyEvolvers = {
  MarkerRecorded: unchanged,
  RecordMarkerFailed: unchanged,
  SignalExternalWorkflowExecutionInitiated: unchanged,
  SignalExternalWorkflowExecutionFailed: unchanged,
  ExternalWorkflowExecutionSignaled: unchanged,
  RequestCancelExternalWorkflowExecutionInitiated: unchanged,
  RequestCancelExternalWorkflowExecutionFailed: unchanged,
  ExternalWorkflowExecutionCancelRequested: unchanged,
} satisfies Partial<Evolvers>;
