import { hash } from 'node:crypto';
import { canonicalHeaders, canonicalPath, canonicalQuery } from './aws-v4-canonical.ts';
import { ALGORITHM } from './aws-v4-claim.ts';
import { basicTime } from './aws-v4-time.ts';
import { createHmacSha256 } from './hmac-sha256.ts';
import { deriveSigningKey } from './signing-keys.ts';

/** Who signs, and for whom. */
export interface Signer {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
  readonly service: string;
}

const SIGNED = ['host', 'x-amz-date'];

/** The headers that sign a GET without a body by AWS Signature Version 4; `now` is in epoch milliseconds. */
export function signGet(url: URL, { id, secret, ...scope }: Signer, now: number): Record<string, string> {
  const time = basicTime(now);
  const date = time.slice(0, 8);
  const scopeText = `${date}/${scope.region}/${scope.service}/aws4_request`;
  const canonical = [
    'GET',
    canonicalPath(url.pathname),
    canonicalQuery(url.search.slice(1)),
    canonicalHeaders({ host: url.host, 'x-amz-date': time }, SIGNED),
    SIGNED.join(';'),
    hash('sha256', ''),
  ].join('\n');
  const hmac = createHmacSha256(deriveSigningKey(secret, date, scope));
  const signature = hmac(`${ALGORITHM}\n${time}\n${scopeText}\n${hash('sha256', canonical)}`);
  const authorization = `${ALGORITHM} Credential=${id}/${scopeText}, SignedHeaders=${SIGNED.join(';')}, Signature=${signature}`;
  return { 'x-amz-date': time, authorization };
}
