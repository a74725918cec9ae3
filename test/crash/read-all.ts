import type { Caller } from './caller.ts';
import type { ExecutionName, HistoryEvent } from './events.ts';
import type { Ledger } from './ledger.ts';
import { DOMAIN } from './world.ts';

/** What lists say of an execution. */
export interface Info {
  readonly execution: ExecutionName;
  readonly executionStatus: 'OPEN' | 'CLOSED';
  readonly closeStatus?: string;
  readonly startTimestamp: number;
  readonly closeTimestamp?: number;
  readonly parent?: ExecutionName;
  readonly tagList?: readonly string[];
}

export interface Detail {
  readonly executionInfo: Info;
  readonly openCounts: Readonly<Record<string, number>>;
  readonly latestExecutionContext?: string;
}

/** One execution with everything the service says of it. */
export interface Run {
  readonly info: Info;
  readonly detail: Detail;
  readonly events: readonly HistoryEvent[];
}

export type Runs = ReadonlyMap<string, Run>;

/** Reads every execution from the lists, and its history in pages. */
export async function readAll(caller: Caller, ledger: Ledger): Promise<Runs> {
  const runs = new Map<string, Run>();
  for (const operation of ['ListOpenWorkflowExecutions', 'ListClosedWorkflowExecutions']) {
    const infos = await readList(caller, operation);
    for (const info of infos) {
      const { execution } = info;
      if (runs.has(execution.runId)) ledger.violation(`${operation} shows ${execution.runId} twice`);
      const detail = await caller.read<Detail>('DescribeWorkflowExecution', { domain: DOMAIN, execution });
      const events = await readHistory(caller, execution);
      if (detail === undefined) ledger.violation(`${execution.runId} is listed and cannot be described`);
      else runs.set(execution.runId, { info, detail, events });
    }
  }
  return runs;
}

async function readList(caller: Caller, operation: string): Promise<readonly Info[]> {
  const query = { domain: DOMAIN, startTimeFilter: { oldestDate: 0 }, maximumPageSize: 90 };
  return readPages<Info>(caller, { operation, query, member: 'executionInfos' });
}

async function readHistory(caller: Caller, execution: ExecutionName): Promise<readonly HistoryEvent[]> {
  const query = { domain: DOMAIN, execution, maximumPageSize: 70 };
  return readPages(caller, { operation: 'GetWorkflowExecutionHistory', query, member: 'events' });
}

interface Pages {
  readonly operation: string;
  readonly query: object;
  readonly member: string;
}

export async function readPages<Item>(caller: Caller, { operation, query, member }: Pages): Promise<Item[]> {
  const items: Item[] = [];
  let nextPageToken: string | undefined;
  do {
    const page: Readonly<Record<string, unknown>> | undefined = await caller.read(operation, {
      ...query,
      nextPageToken,
    });
    items.push(...((page?.[member] ?? []) as readonly Item[]));
    nextPageToken = page?.nextPageToken as string | undefined;
  } while (nextPageToken !== undefined);
  return items;
}
