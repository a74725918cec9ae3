/** Choices of the operations that the vendor's documentation leaves open: one function each, so that a correction is one edit. */
import { hash } from 'node:crypto';
import type { Rejection } from '../../kernel/errors.ts';
import { changedMeanwhile, fault } from './faults.ts';
import type { JsonObject } from './language/json.ts';
import type { StopCommand, WindDownCommand } from './machine/commands.ts';
import type { FlowCall } from './machine/effects.ts';
import type { ExecutionFacts, MapRun } from './machine/state.ts';

type Status = ExecutionFacts['status'] | 'Starting';

/** What StartExecution shows of an execution that did not exist before, however far it has come. */
export function statusOfNewExecution(): Status {
  return 'Starting';
}

/** The answer of StopExecution is of an execution that is being stopped; those that follow say that it is. */
export function statusWhileStopping(): Status {
  return 'Running';
}

/** Only a success has an output, be it an empty one. */
export function shownOutput({ outcome }: Pick<ExecutionFacts, 'outcome'>): string {
  return outcome?.ok === true ? JSON.stringify(outcome.output) : '';
}

/** A flow without variables shows none: Terraform's provider would take an empty list for something to be removed. */
export function shownEnvironment<Variable>(variables: readonly Variable[]) {
  return variables.length === 0 ? {} : { Environment: { Variables: variables } };
}

/** What StopExecution is taken to say when the client gives no reason. */
export function stopReason(given: {
  readonly error?: string;
  readonly cause?: string;
}): Omit<StopCommand, 'kind'> {
  return { error: given.error ?? 'FnF.ExecutionStopped', cause: given.cause ?? '' };
}

/** How executions of a flow end that is deleted: once the steps at work are finished, which may be reported meanwhile. */
export function endOfDeletedFlow(): WindDownCommand {
  return { kind: 'wind-down', error: 'FnF.FlowDeleted', cause: 'The flow has been deleted.' };
}

/** Express flows are written in the newer language only. */
export function canBeExpress(language: 'legacy' | 'state-machine'): boolean {
  return language === 'state-machine';
}

/** Each way of starting is for one mode. */
export function wrongMode(mode: 'Standard' | 'Express'): Rejection {
  return fault('ActionNotSupported', `${mode} execution is not supported`);
}

/** A client that does not say which gets a name for its execution, or for the part in front of the UUID. */
export function nameOfSyncExecution(given: string | undefined, uuid: string): string {
  return given === undefined ? uuid : `${given}:${uuid}`;
}

/** What a task token is answered with that is not ours, or not the caller's. */
export function badTaskToken(): Rejection {
  return fault('InvalidArgument', "The parameter 'TaskToken' must be the token of a task.");
}

/** A version that an alias leads to cannot be deleted. */
export function versionInUse(version: number, alias: string): Rejection {
  const rule = `names version ${version}, to which the alias '${alias}' leads`;
  return fault('InvalidArgument', `The parameter 'FlowVersion' ${rule}.`);
}

/** A map run that has ended does not change any more. */
export function mayChange({ status }: Pick<MapRun, 'status'>): Rejection | undefined {
  return status === 'Running' ? undefined : changedMeanwhile();
}

/** Whether a schedule runs when the client does not say. */
export function isEnabledByDefault(): boolean {
  return true;
}

/** What an execution is given that a schedule starts; flows of others read `payload`. */
export function inputOfScheduled(firing: {
  readonly schedule: string;
  readonly due: number;
  readonly payload: JsonObject;
}): JsonObject {
  const { schedule, due, payload } = firing;
  return { triggerTime: new Date(due).toISOString(), triggerName: schedule, payload };
}

/** The same for each due time of a schedule, so that it is started once; and told from what clients name. */
export function nameOfScheduled(scheduleId: string, due: number): string {
  return `schedule-${scheduleId}-${new Date(due).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

/** Function Compute repeats what it could not run, and what failed as often as a setting allows. */
const COULD_NOT_RUN = ['FC.ResourceThrottled', 'FC.ResourceExhausted', 'FC.InternalServerError'];
const NOT_REACHED = /"errorType":"(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)"/;
const LONGEST_PAUSE_SECONDS = 300;

/** Seconds until an asynchronous call is made again; undefined when it is given up. Attempts count from 1. */
export function pauseBeforeRetry(
  { error, cause }: { readonly error: string; readonly cause: string },
  attempt: number,
  retries: number,
): number | undefined {
  const hasRun = !COULD_NOT_RUN.includes(error) && !(error === 'FC.Unknown' && NOT_REACHED.test(cause));
  const isRefused = hasRun && error.startsWith('FC.') && error !== 'FC.Unknown';
  if (isRefused || (hasRun && attempt > retries)) return undefined;
  return Math.min(2 ** (attempt - 1), LONGEST_PAUSE_SECONDS);
}

/** Whether a flow's role must allow an execution to be started: children of its own maps are part of its work. */
export function needsPermission({ mapRun }: Pick<FlowCall, 'mapRun'>): boolean {
  return mapRun === undefined;
}

/** Name of an execution that a task starts without giving one: the same when the same attempt is made again. */
export function nameOfTaskStart(origin: string): string {
  const digits = hash('sha256', origin);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
