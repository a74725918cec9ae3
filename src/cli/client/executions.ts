import type { Get } from './client.ts';

/** An execution as the server shows it: only what the commands print. */
export interface Execution {
  readonly id: string;
  readonly system: string;
  readonly account: string;
  readonly region: string;
  readonly scope: string;
  readonly name: string;
  readonly run: string;
  /** What it is about, where its name does not say it. */
  readonly subject: string | null;
  readonly type: string;
  readonly status: string;
  readonly vendorStatus: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly progress: { readonly done: number; readonly total: number | null; readonly unit: string };
  readonly open: Readonly<Record<string, number>>;
  readonly waitingFor: readonly { readonly text: string }[];
  readonly parent: Reference | null;
  readonly children: readonly Reference[];
  readonly tags: readonly string[];
  readonly version: number;
}

export interface Reference {
  readonly id: string | null;
  readonly name: string;
}

export interface HistoryEvent {
  readonly id: number;
  readonly time: string;
  readonly type: string;
  readonly summary: string;
}

/** A step, or a branch or iteration of one. */
export interface Step {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly attempts: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly input: string | null;
  readonly output: string | null;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly steps: readonly Step[];
}

export const executionPath = (id: string): string => `executions/${encodeURIComponent(id)}`;

interface Wanted {
  readonly from?: number | undefined;
  readonly reverse?: boolean;
  /** All of them without it. */
  readonly limit?: number | undefined;
}

const PAGE = 1_000;

/** Events of an execution, page after page. */
export async function readHistory(get: Get, id: string, wanted: Wanted): Promise<HistoryEvent[]> {
  const { limit = Number.POSITIVE_INFINITY, reverse = false } = wanted;
  const all: HistoryEvent[] = [];
  let { from } = wanted;
  do {
    const page = await get<{ events: HistoryEvent[]; next?: number }>(`${executionPath(id)}/history`, {
      from,
      limit: Math.min(PAGE, limit - all.length),
      reverse: String(reverse),
    });
    all.push(...page.events);
    from = page.next;
  } while (from !== undefined && all.length < limit);
  return all;
}

export interface Steps {
  readonly steps: readonly Step[];
  /** Events that they rest on. */
  readonly events: number;
}

/**
 * Steps of an execution as a tree; none where its system knows no steps. With an event only those that have changed
 * after it, in what they are in.
 */
export function readSteps(get: Get, id: string, since = 0): Promise<Steps> {
  return get<Steps>(`${executionPath(id)}/steps`, { since });
}
