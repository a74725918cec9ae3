import { hash } from 'node:crypto';
import type { Credentials } from '../../config/credentials.ts';
import { canonicalHeaders, canonicalPath, canonicalQuery } from '../../wire/signatures/aws-v4-canonical.ts';
import { ALGORITHM } from '../../wire/signatures/aws-v4-claim.ts';
import { basicTime } from '../../wire/signatures/aws-v4-time.ts';
import { createHmacSha256 } from '../../wire/signatures/hmac-sha256.ts';
import { deriveSigningKey } from '../../wire/signatures/signing-keys.ts';

const SCOPE = { region: 'us-east-1', service: 'orrery' };
const SIGNED = ['host', 'x-amz-date'];

/** The headers that sign a GET without a body; `now` is in epoch milliseconds. */
export function signGet(url: URL, { id, secret }: Credentials, now: number): Record<string, string> {
  const time = basicTime(now);
  const date = time.slice(0, 8);
  const scope = `${date}/${SCOPE.region}/${SCOPE.service}/aws4_request`;
  const canonical = [
    'GET',
    canonicalPath(url.pathname),
    canonicalQuery(url.search.slice(1)),
    canonicalHeaders({ host: url.host, 'x-amz-date': time }, SIGNED),
    SIGNED.join(';'),
    hash('sha256', ''),
  ].join('\n');
  const hmac = createHmacSha256(deriveSigningKey(secret, date, SCOPE));
  const signature = hmac(`${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', canonical)}`);
  const authorization = `${ALGORITHM} Credential=${id}/${scope}, SignedHeaders=${SIGNED.join(';')}, Signature=${signature}`;
  return { 'x-amz-date': time, authorization };
}
