/** Choices for which the service gives no direct evidence: one function each, so that a correction is one edit. */
import type { Json, JsonObject } from '../language/json.ts';
import type { Plan } from '../language/plan.ts';
import type { Failure } from './failure.ts';
import type { MapRun, Phase } from './state.ts';

/** A step whose settings come to nothing usable. */
export function unusable(cause: string): Failure {
  return { error: 'FnF.RuntimeError', cause };
}

/** Error of a task that took too long. */
export function timeoutErrorName(language: Plan['language']): string {
  return language === 'legacy' ? 'FnF.TaskTimeout' : 'FnF.Timeout';
}

/** What ends an execution whose history would pass the limit. */
export function eventLimitFailure(limit: number): Failure {
  return {
    error: 'FnF.EventLimitExceeded',
    cause: `The execution has reached its limit of ${limit} events.`,
  };
}

/** Input, output or local of a step are too large. */
export function sizeFailure(limit: number): Failure {
  return { error: 'FnF.DataLimitExceeded', cause: `The data of the step exceeds ${limit} bytes.` };
}

/** Global variables are too large, or one of them is; its name may be. */
export function variableFailure(subject: string, limit: number): Failure {
  return { error: 'FnF.DataLimitExceeded', cause: `${subject} exceeds ${limit} bytes.` };
}

/** What a parent and StartSyncExecution hear of an execution that took too long. */
export function executionTimeout(seconds: number): Failure {
  return { error: 'FnF.ExecutionTimeout', cause: `The execution has not ended within ${seconds} seconds.` };
}

/** What executions hear that another one has started and does not wait for any more. */
export function abandonment(): Failure {
  return {
    error: 'FnF.ExecutionCanceled',
    cause: 'The execution that started this one does not wait for it any more.',
  };
}

/** Callback modes are for standard flows. */
export function unsupportedMode(mode: string): Failure {
  return { error: 'FnF.InvalidTaskMode', cause: `Express flows do not support the task mode ${mode}.` };
}

/** A result of a legacy task that is no JSON object. */
export function invalidLocal(): Failure {
  return { error: 'FnF.InvalidLocal', cause: 'The result of a task must be a JSON object.' };
}

/** A task whose resource no integration knows. */
export function unknownResource(product: string, resource: string): Failure {
  return { error: `${product}.ServiceNotConfigured`, cause: `Nothing is configured for ${resource}.` };
}

/** What a function's result is wrapped in for state machines. */
export function functionResult(body: Json): JsonObject {
  return { Code: 200, Header: {}, Body: body };
}

/** Result of a state whose function is called asynchronously: that the call was accepted. */
export function acceptedResult(): JsonObject {
  return { Code: 202, Header: {}, Body: '' };
}

/** Is a function called without waiting for it? Only one word says so, in any letter case. */
export function isAsyncInvocation(invocationType: Json | undefined): boolean {
  return typeof invocationType === 'string' && invocationType.toLowerCase() === 'async';
}

/** Local of a legacy task that has only started another flow. */
export function startedLocal({ FlowName, Name, Status, StartedTime, RequestId }: JsonObject): JsonObject {
  return {
    FlowName: FlowName ?? '',
    Name: Name ?? '',
    Status: Status ?? '',
    StartedTime: StartedTime ?? '',
    RequestId: RequestId ?? '',
  };
}

/** Raw result of a state that has only started another flow. */
export function startedOutput({ FlowName, Name, RequestId }: JsonObject): JsonObject {
  return { FlowName: FlowName ?? '', ExecutionName: Name ?? '', RequestID: RequestId ?? '' };
}

/**
 * Does an execution whose flow is deleted finish a step in this phase? The documentation says that it stops after its
 * current step: work that others do is finished, with its retries and reports; mere time is not waited for.
 */
export function finishesFirst(phase: Phase): boolean {
  return phase === 'calling' || phase === 'awaiting' || phase === 'pausing';
}

/** Does a map run go on with so many failed items? Without any tolerance the first one fails it. */
export function isTolerated({ counts, toleratedFailedCount, toleratedFailedPercentage }: MapRun): boolean {
  if (counts.failed === 0) return true;
  if (toleratedFailedCount === undefined && toleratedFailedPercentage === undefined) return false;
  if (counts.failed > (toleratedFailedCount ?? counts.total)) return false;
  return counts.failed * 100 <= (toleratedFailedPercentage ?? 100) * counts.total;
}

/** A map run has more items than it may have. */
export function itemsFailure(limit: number): Failure {
  return { error: 'FnF.DataLimitExceeded', cause: `The map has more than ${limit} items.` };
}

/** An execution has so many map runs open already. */
export function mapRunsFailure(limit: number): Failure {
  return { error: 'FnF.MapRunLimitExceeded', cause: `The execution has ${limit} open map runs already.` };
}

/** Raw result of a map whose results are written to a bucket. */
export function writtenResults(mapRun: string, place: Json): JsonObject {
  return { MapRunName: mapRun, ResultWriterDetails: place };
}

/** What stands among a map's items for one whose failure was tolerated. */
export function failedItem(): Json {
  return null;
}

/** Input of a child execution that has a batch of items. */
export function batchInput(items: readonly Json[], input: Json | undefined): JsonObject {
  return input === undefined ? { Items: items } : { BatchInput: input, Items: items };
}

/** What a message to a queue or topic says that the step does not spell out: the step's input. */
export function messageOf(input: Json): JsonObject {
  return { messageBody: JSON.stringify(input) };
}

/** How much is kept of what a call says of its failure, in characters. */
export function longestCause(): number {
  return 32_768;
}

/** Tasks that may wait for the end of one execution beside the one it was started for: each is told by a message. */
export const mostFollowers = 1_000;
