/** Books two trips, of which one goes wrong: `node examples/cloudflow-saga/main.ts` against a running server. */
import { book, deployFlow, historyOf } from './book.ts';
import type { HistoryEvent } from './client.ts';
import type { Trip } from './functions/trip.ts';

const now = Date.now();
const trips: readonly Trip[] = [
  { id: `lisbon-${now}`, city: 'Lisbon', price: 640 },
  { id: `sydney-${now}`, city: 'Sydney', price: 2900 },
];

await deployFlow();
for (const trip of trips) {
  console.log(`${trip.id}: a trip to ${trip.city} for € ${trip.price}`);
  const { Status: status, Output: output } = await book(trip);
  const events = await historyOf(trip);
  for (const event of events) tell(event, Date.parse(events[0]?.Time ?? ''));
  console.log(`${trip.id} is ${status}${output === '' ? '' : `: ${output}`}\n`);
}

/** Prints the events that a traveller would ask about: seconds since the start, the state, and what came of it. */
function tell(
  { Time: time, Type: type, StepName: state, EventDetail: text }: HistoryEvent,
  start: number,
): void {
  const detail = JSON.parse(text);
  const came = {
    TaskSucceeded: () => JSON.stringify(detail.output.Body),
    TaskFailed: () => `${detail.error}: ${JSON.parse(detail.cause).errorMessage}`,
    ExecutionFailed: () => `${detail.error}: ${detail.cause}`,
  }[type];
  if (came === undefined) return;
  const seconds = ((Date.parse(time) - start) / 1000).toFixed(2).padStart(6);
  console.log(`${seconds} s  ${state.padEnd(13)} ${came()}`);
}
