import type { Clock } from '../../src/kernel/clock.ts';

/** Makes a client of AWS's SDK sign with the time of a clock, whatever it has learnt of the server's. */
export function followClock<Client extends { readonly config: object }>(
  client: Client,
  clock: Pick<Clock, 'now'>,
): Client {
  Object.defineProperty(client.config, 'systemClockOffset', {
    get: () => clock.now() - Date.now(),
    set: () => {},
  });
  return client;
}
