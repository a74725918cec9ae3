import type { CallContext, Trip } from './trip.ts';

class CardDeclined extends Error {}

const CARD_LIMIT = 1000;

export async function handler({ id, price }: Trip, { idempotencyKey }: CallContext) {
  if (price > CARD_LIMIT) throw new CardDeclined(`${price} is above the limit of ${CARD_LIMIT}`);
  console.log(`card: € ${price} charged, key ${idempotencyKey}`);
  return { receipt: `receipt-${id}` };
}
