/** Whose world a request is in: accounts and regions share nothing. */
export interface World {
  readonly account: string;
  readonly region: string;
}
