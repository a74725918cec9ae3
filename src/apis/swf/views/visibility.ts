import type { Found } from '../../../kernel/execution-reader.ts';
import type { ClosedFilter } from '../../../kernel/store.ts';
import { validationFault } from '../faults.ts';
import type {
  CountClosedWorkflowExecutionsInput,
  CountOpenWorkflowExecutionsInput,
} from '../model/types.gen.ts';
import { API, scopeOf } from '../names.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';
import type { World } from '../world.ts';

type OpenInput = CountOpenWorkflowExecutionsInput;
type ClosedInput = CountClosedWorkflowExecutionsInput;

const EXCLUSIVE = ['typeFilter', 'tagFilter', 'executionFilter', 'closeStatusFilter'] as const;

/** Open executions that match, oldest start first. Throws ValidationException for filters that exclude each other. */
export function matchingOpen(swf: Swf, world: World, input: OpenInput): Found[] {
  const { executionFilter, typeFilter, tagFilter, startTimeFilter } = input;
  findDomain(swf, world, input.domain);
  checkExclusive(input);
  const { since, until } = timeRange(startTimeFilter);
  const matches = ({ identity, summary }: Found): boolean =>
    identity.startedAt >= since &&
    identity.startedAt <= until &&
    (executionFilter === undefined || identity.name === executionFilter.workflowId) &&
    (typeFilter === undefined || summary.type === typeFilter.name) &&
    (!typeFilter?.version || summary.typeVersion === typeFilter.version) &&
    (tagFilter === undefined || summary.tags.includes(tagFilter.tag));
  return [...swf.kernel.openIn(API, scopeOf(world, input.domain))].filter(matches);
}

/** What the store is to look for. Throws ValidationException unless exactly one time filter is given. */
export function closedFilter(swf: Swf, world: World, input: ClosedInput): ClosedFilter {
  const { startTimeFilter, closeTimeFilter, executionFilter, typeFilter, tagFilter, closeStatusFilter } =
    input;
  findDomain(swf, world, input.domain);
  const time = startTimeFilter ?? closeTimeFilter;
  if (time === undefined) throw validationFault('Must specify time filter');
  if (startTimeFilter !== undefined && closeTimeFilter !== undefined) {
    throw validationFault('Cannot specify both a startTimeFilter and a closeTimeFilter');
  }
  checkExclusive(input);
  return {
    api: API,
    scope: scopeOf(world, input.domain),
    now: swf.now(),
    timeOf: startTimeFilter === undefined ? 'ended' : 'started',
    ...timeRange(time),
    ...(executionFilter !== undefined && { name: executionFilter.workflowId }),
    ...(typeFilter !== undefined && { type: typeFilter.name }),
    ...(typeFilter?.version && { typeVersion: typeFilter.version }),
    ...(tagFilter !== undefined && { tag: tagFilter.tag }),
    ...(closeStatusFilter !== undefined && { vendorStatus: closeStatusFilter.status }),
  };
}

function checkExclusive(input: Readonly<Partial<Record<(typeof EXCLUSIVE)[number], unknown>>>): void {
  const given = EXCLUSIVE.filter((filter) => input[filter] !== undefined);
  if (given.length < 2) return;
  const list = given.join(', ');
  throw validationFault(`Cannot specify more than one exclusive filters in the same query: ${list}`);
}

/** Milliseconds; both ends belong to the range. */
function timeRange({ oldestDate, latestDate }: OpenInput['startTimeFilter']): {
  since: number;
  until: number;
} {
  return {
    since: Math.round(oldestDate * 1000),
    until: latestDate === undefined ? Number.MAX_SAFE_INTEGER : Math.round(latestDate * 1000),
  };
}
