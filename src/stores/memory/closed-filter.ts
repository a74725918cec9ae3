import type { ClosedExecution, ClosedFilter, ClosedQuery } from '../../kernel/store.ts';

export interface Place {
  readonly time: number;
  readonly id: string;
}

export const timeOf = ({ timeOf: which }: ClosedFilter, { startedAt, summary }: ClosedExecution): number =>
  which === 'ended' ? summary.endedAt : startedAt;

export function matches(filter: ClosedFilter, execution: ClosedExecution): boolean {
  const { summary } = execution;
  const time = timeOf(filter, execution);
  return (
    execution.api === filter.api &&
    execution.scope === filter.scope &&
    (summary.expiresAt === undefined || summary.expiresAt > filter.now) &&
    time >= (filter.since ?? Number.NEGATIVE_INFINITY) &&
    time <= (filter.until ?? Number.POSITIVE_INFINITY) &&
    isAsked(filter.name, execution.name) &&
    isAsked(filter.type, summary.type) &&
    isAsked(filter.typeVersion, summary.typeVersion) &&
    isAsked(filter.status, summary.status) &&
    isAsked(filter.vendorStatus, summary.vendorStatus) &&
    (filter.tag === undefined || summary.tags.includes(filter.tag))
  );
}

const isAsked = (asked: string | undefined, value: string | undefined): boolean =>
  asked === undefined || asked === value;

/** Orders places by time, then id, both in the query's direction. */
export function compareBy({ order }: ClosedQuery): (a: Place, b: Place) => number {
  const sign = order === 'newest' ? -1 : 1;
  return (a, b) => sign * (a.time - b.time || compareText(a.id, b.id));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
