import type { Summary } from '../../../kernel/machine.ts';
import type { ScheduleState } from './state.ts';

/** How long one is kept that has been removed or has gone on as another. */
const KEPT_MS = 7 * 86_400_000;

export function summary({ settings, closed }: ScheduleState): Summary {
  const shown = { type: settings.cron, tags: [] };
  if (closed === null) {
    return { status: 'running', vendorStatus: settings.isEnabled ? 'Enabled' : 'Disabled', ...shown };
  }
  const { at, why } = closed;
  const end = { endedAt: at, expiresAt: at + KEPT_MS };
  return why === 'removed'
    ? { status: 'terminated', vendorStatus: 'Removed', ...shown, ...end }
    : { status: 'succeeded', vendorStatus: 'Continued', ...shown, ...end };
}
