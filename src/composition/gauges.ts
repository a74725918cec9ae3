import { Unavailable } from '../kernel/errors.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { GaugeSource } from '../server/admin/metrics.ts';

export function kernelGauges(kernel: Kernel): readonly GaugeSource[] {
  return [
    {
      name: 'orrery_open_executions',
      help: 'Executions that are open.',
      read: () => kernel.load.openExecutions,
    },
    {
      name: 'orrery_waiting_polls',
      help: 'Polls that wait for a task.',
      read: () => kernel.load.waitingPolls,
    },
    {
      name: 'orrery_pending_tasks',
      help: 'Tasks that wait for a poll.',
      read: () => kernel.load.pendingTasks,
    },
    {
      name: 'orrery_timers',
      help: 'Wake times and other timers that are set.',
      read: () => kernel.load.timers,
    },
    {
      name: 'orrery_store_failing',
      help: '1 while the store cannot write, else 0.',
      read: () => (kernel.failure === undefined ? 0 : 1),
    },
  ];
}

/** The reason is what the store said, for whoever has to make room or change a disk. */
export function readiness({ failure }: Kernel): { ok: boolean; reason?: string } {
  if (failure === undefined) return { ok: true };
  return {
    ok: false,
    reason: failure.cause instanceof Unavailable ? failure.cause.message : failure.message,
  };
}
