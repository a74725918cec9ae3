import type { Event } from '../machine/events.ts';

/** An event of the history as the vendor's log has it. */
export function logEntry(event: Event): object {
  const { type, details, workflowId, executionId, transferDetails } = event;
  return { type, details, workflowId, executionId, transferDetails };
}
