import type { Clock } from '../../kernel/clock.ts';

type Kind = 'server' | 'user' | 'workflow' | 'host-key';

/** When something is created: of two of a kind in one process the second is later, also within one millisecond, so that lists have an order. */
export type CreationTimes = (kind: Kind) => number;

export function createCreationTimes(clock: Pick<Clock, 'now'>): CreationTimes {
  const last = new Map<Kind, number>();
  return (kind) => {
    const time = Math.max(clock.now(), (last.get(kind) ?? 0) + 1);
    last.set(kind, time);
    return time;
  };
}
