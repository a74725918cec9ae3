import type { Kernel } from '../../../kernel/kernel.ts';

/** A part of a history: events `first..last`, from `start` on in the direction asked for, `size` at the most. */
export interface PageRequest {
  readonly runId: string;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly isReverse: boolean;
  readonly size: number;
}

/** `events` is a JSON array as text; `next` the event at which the following page starts. */
export interface HistoryPage {
  readonly events: string;
  readonly next: number | undefined;
}

/** The journal holds events in the form of the wire, so a page is its texts put together. */
export async function historyPage(kernel: Kernel, request: PageRequest): Promise<HistoryPage> {
  const { runId, first, last, start, isReverse, size } = request;
  const from = isReverse ? Math.max(first, start - size + 1) : start;
  const to = isReverse ? start : Math.min(last, start + size - 1);
  const texts = await kernel.history(runId, from, to);
  if (isReverse) texts.reverse();
  const isEnd = isReverse ? from <= first : to >= last;
  return { events: `[${texts.join(',')}]`, next: isEnd ? undefined : isReverse ? from - 1 : to + 1 };
}
