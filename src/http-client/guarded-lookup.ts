import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { Destinations } from './destinations.ts';
import { HttpFailed } from './http-failed.ts';

/** All addresses of a host. */
export type Resolve = (host: string, options: LookupAllOptions) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (host, options) => lookup(host, options);

/**
 * Resolves a host for the connection that is being made. What is checked is what is connected to, so that a name which
 * changes its address between a check and its use gains nothing.
 */
export function guardedLookup(resolve: Resolve, destinations: Destinations): LookupFunction {
  return (host, options, answer) => {
    resolveChecked(host, { ...options, all: true }).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) answer(null, [...addresses]);
        else answer(null, first?.address ?? '', first?.family);
      },
      (error) => answer(error, ''),
    );
  };

  async function resolveChecked(host: string, options: LookupAllOptions): Promise<readonly LookupAddress[]> {
    const addresses = await resolve(host, options);
    const texts = addresses.map(({ address }) => address);
    const refusal = destinations.refusal(host, texts);
    if (refusal !== undefined) throw new HttpFailed('Forbidden', refusal);
    if (texts.length === 0) throw new HttpFailed('ConnectionFailed', `${host} has no address`);
    return addresses;
  }
}
