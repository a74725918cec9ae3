import type { LiveExecution } from './live-execution.ts';
import type { Offer } from './machine.ts';
import type { TaskQueues } from './task-queue.ts';

/** Makes the queues hold exactly what an open execution's state offers; tells `touched` each queue that got a task. */
export function syncTasks(
  queues: TaskQueues<LiveExecution>,
  execution: LiveExecution,
  touched: (queue: string) => void,
): void {
  const { tasks } = execution;
  const offers = execution.machine.offers(execution.state);
  for (const offer of offers) {
    if (tasks.has(offer.key)) continue;
    tasks.set(offer.key, queues.offer(offer, execution));
    touched(offer.queue);
  }
  if (tasks.size > offers.length) withdrawOthers(queues, execution, offers);
}

/** Takes everything that an execution offers out of the queues. */
export function withdrawTasks(queues: TaskQueues<LiveExecution>, execution: LiveExecution): void {
  for (const task of execution.tasks.values()) queues.withdraw(task);
  for (const task of execution.handedBack) queues.withdraw(task);
  execution.tasks.clear();
  execution.handedBack.clear();
}

function withdrawOthers(
  queues: TaskQueues<LiveExecution>,
  { tasks }: LiveExecution,
  offers: readonly Offer[],
): void {
  const wanted = new Set<string>();
  for (const offer of offers) wanted.add(offer.key);
  for (const [key, task] of tasks) {
    if (wanted.has(key)) continue;
    queues.withdraw(task);
    tasks.delete(key);
  }
}
