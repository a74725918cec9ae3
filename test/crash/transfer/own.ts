import type { ExecutionRecord } from '../../../src/server/admin/executions/execution-record.ts';
import type { Caller } from '../../support/caller.ts';
import type { Line } from './ledger.ts';

/** Every execution of a line's workflow, the oldest first; with `limit` in `query` only the first page. */
export async function ownExecutions(
  own: Caller,
  { workflowId }: Line,
  query = '',
): Promise<ExecutionRecord[]> {
  const found: ExecutionRecord[] = [];
  const path = `executions?system=transfer&scope=${workflowId}&order=oldest${query}`;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = (await own.get<Page>(cursor === '' ? path : `${path}&cursor=${cursor}`)).body;
    found.push(...page.executions);
    cursor = query.includes('limit') ? undefined : page.cursor;
  }
  return found;
}

interface Page {
  readonly executions: readonly ExecutionRecord[];
  readonly cursor?: string;
}

export interface OwnEvent {
  readonly type: string;
  readonly time: string;
}

/** The whole history of an execution. */
export async function ownHistory(own: Caller, id: string): Promise<OwnEvent[]> {
  const { body } = await own.get<{ events: OwnEvent[] }>(
    `executions/${encodeURIComponent(id)}/history?limit=1000`,
  );
  return body.events;
}
