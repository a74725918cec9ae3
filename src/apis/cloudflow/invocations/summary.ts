import type { Summary } from '../../../kernel/machine.ts';
import type { InvocationState } from './state.ts';

/** How long one is kept that has ended: so long a task that asks again finds that its call was accepted. */
const KEPT_MS = 7 * 86_400_000;

export function summary({ call, closed }: InvocationState): Summary {
  const shown = { type: call.resource, tags: [] };
  if (closed === null) return { status: 'running', vendorStatus: 'Running', ...shown };
  const end = { endedAt: closed.at, expiresAt: closed.at + KEPT_MS };
  return closed.isDone
    ? { status: 'succeeded', vendorStatus: 'Succeeded', ...shown, ...end }
    : { status: 'failed', vendorStatus: 'Failed', ...shown, ...end };
}
