import type { CallContext, Trip } from './trip.ts';

export async function handler({ id, city }: Trip, { idempotencyKey }: CallContext) {
  console.log(`hotel in ${city}: reserved, key ${idempotencyKey}`);
  return { confirmation: `hotel-${id}` };
}
