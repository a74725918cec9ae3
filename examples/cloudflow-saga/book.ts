import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Execution, fnf, type HistoryEvent } from './client.ts';
import type { Trip } from './functions/trip.ts';

const FLOW = 'booking';
const definition = readFileSync(join(import.meta.dirname, 'booking.yaml'), 'utf8');

/** Creates the flow, or brings the one that is there up to date. */
export async function deployFlow(): Promise<void> {
  try {
    await fnf.createFlow({ Name: FLOW, Description: '', Type: 'FDL', Definition: definition });
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'FlowAlreadyExists') throw error;
    await fnf.updateFlow({ Name: FLOW, Definition: definition });
  }
}

/** Starts the booking of a trip and waits for its end. The same trip is booked once, however often one asks. */
export async function book(trip: Trip): Promise<Execution> {
  const execution = { FlowName: FLOW, ExecutionName: trip.id };
  await fnf.startExecution({ ...execution, Input: JSON.stringify(trip) });
  for (;;) {
    // The answer comes at the end of the execution, or after a minute; the client must be as patient.
    const found = await fnf.describeExecution({ ...execution, WaitTimeSeconds: 60 }, { timeout: 70_000 });
    if (found.Status !== 'Running') return found;
  }
}

/** What has happened to the booking of a trip, from its first event to its last. */
export async function historyOf(trip: Trip): Promise<readonly HistoryEvent[]> {
  const { Events: events } = await fnf.getExecutionHistory({
    FlowName: FLOW,
    ExecutionName: trip.id,
    Limit: 1000,
  });
  return events;
}
