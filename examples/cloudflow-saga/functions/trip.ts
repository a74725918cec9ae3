/** What a booking is started with. */
export interface Trip {
  readonly id: string;
  readonly city: string;
  /** In euros. */
  readonly price: number;
}

/** What the server tells a function of its call. */
export interface CallContext {
  /** The same when a call is made again, as after a stop of the server: providers recognise a repeated booking by it. */
  readonly idempotencyKey: string;
}
