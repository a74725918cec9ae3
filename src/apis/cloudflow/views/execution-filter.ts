import type { ExecutionSnapshot } from '../../api.ts';
import { stateOf } from '../executions.ts';
import { invalidArgument } from '../faults.ts';
import type { Input } from '../model/parameters.ts';

/** Which executions a list shall hold; all given conditions must hold. Times are epoch milliseconds, inclusive. */
export interface ExecutionFilter {
  readonly status?: string;
  readonly since?: number;
  readonly until?: number;
  readonly prefix?: string;
  readonly mapRun?: string;
  readonly qualifier?: string;
}

/** Throws InvalidArgument for a time that is none. */
export function readFilter(input: Input<'ListExecutions'>): ExecutionFilter {
  const { Status: status, ExecutionNamePrefix: prefix, MapRunName: mapRun, Qualifier: qualifier } = input;
  const { StartedTimeBegin: begin, StartedTimeEnd: end } = input;
  return {
    ...(status !== undefined && { status }),
    ...(begin !== undefined && { since: readTime('StartedTimeBegin', begin) }),
    ...(end !== undefined && { until: readTime('StartedTimeEnd', end) }),
    ...(prefix !== undefined && { prefix }),
    ...(mapRun !== undefined && { mapRun }),
    ...(qualifier !== undefined && { qualifier }),
  };
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function readTime(parameter: string, text: string): number {
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalidArgument(parameter, 'must be a time like 2019-01-01T01:01:01Z');
  return time;
}

/** Whether an execution belongs into the list. */
export function matches(filter: ExecutionFilter, execution: ExecutionSnapshot): boolean {
  const { identity } = execution;
  const { status, since = 0, until = Number.POSITIVE_INFINITY, prefix = '', mapRun, qualifier } = filter;
  if (identity.startedAt < since || identity.startedAt > until || !identity.name.startsWith(prefix))
    return false;
  const facts = stateOf(execution);
  return (
    (status === undefined || facts.status === status) &&
    (mapRun === undefined || facts.mapRun === mapRun) &&
    (qualifier === undefined || facts.flow.version === qualifier)
  );
}
