import { createHmac } from 'node:crypto';
import { BoundedMap } from '../../lib/bounded-map.ts';
import { createHmacSha256, type Hmac } from './hmac-sha256.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The key that signs for one day, region and service; never the secret itself. */
export function deriveSigningKey(
  secret: string,
  date: string,
  scope: { region: string; service: string },
): Buffer {
  const dated = hmac(`AWS4${secret}`, date);
  return hmac(hmac(hmac(dated, scope.region), scope.service), 'aws4_request');
}

const REMEMBERED = 1_000;

export type SigningKeys = (
  key: { readonly id: string; readonly secret: string },
  scope: { readonly date: string; readonly region: string; readonly service: string },
) => Hmac;

/** Derives signing keys and remembers the last thousand. */
export function createSigningKeys(): SigningKeys {
  const known = new BoundedMap<string, Hmac>(REMEMBERED);
  return (key, { date, region, service }) => {
    const name = `${key.id}/${date}/${region}/${service}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const derived = createHmacSha256(deriveSigningKey(key.secret, date, { region, service }));
    known.set(name, derived);
    return derived;
  };
}
