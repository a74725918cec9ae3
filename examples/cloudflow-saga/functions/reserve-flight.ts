import type { CallContext, Trip } from './trip.ts';

/** Errors go by their class in Retry and Catch. */
class AirlineBusy extends Error {}

const asked = new Set<string>();

/** The airline does not answer the first time that it hears of a trip. */
export async function handler({ id, city }: Trip, { idempotencyKey }: CallContext) {
  if (!asked.has(id)) {
    asked.add(id);
    throw new AirlineBusy('please hold the line');
  }
  console.log(`flight to ${city}: reserved, key ${idempotencyKey}`);
  return { confirmation: `flight-${id}` };
}
