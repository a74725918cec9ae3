import { hash } from 'node:crypto';
import { BoundedMap } from '../../lib/bounded-map.ts';
import { WireError } from '../errors.ts';
import {
  allHeaders,
  canonicalHeaders,
  canonicalPath,
  canonicalQuery,
  readQuery,
  type SignedRequest,
  splitUrl,
} from './aws-v4-canonical.ts';
import { ALGORITHM, type Claim, missingToken, readAuthorization, readPresigned } from './aws-v4-claim.ts';
import { checkWindow, readTime } from './aws-v4-time.ts';
import type { Hmac } from './hmac-sha256.ts';
import { isEqual } from './is-equal.ts';
import { createSigningKeys } from './signing-keys.ts';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** When set, requests must carry it; when not, they must carry none. */
  readonly sessionToken?: string;
}

/** A signature that holds: whose it is and for which region and service it was made. */
export interface Verified<Key> {
  readonly key: Key;
  readonly region: string;
  readonly service: string;
}

/**
 * Checks AWS Signature Version 4 in the header or in the query. `services` are the names that the scope may carry,
 * the usual one first; `now` is in epoch milliseconds. Throws AWS's own errors as `WireError`.
 */
export type VerifyAwsV4<Key> = (
  request: SignedRequest,
  services: readonly string[],
  now: number,
) => Verified<Key>;

/** What is the same for all of a client's requests of one day, remembered so that it is parsed and derived once. */
interface Signer<Key> extends Verified<Key> {
  readonly claim: Claim;
  readonly hmac: Hmac;
  readonly names: string;
}

const SKEW = 5 * 60_000;
const SIGNATURE_LENGTH = 64;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** Remembers keys and claims between requests; see `VerifyAwsV4`. */
export function createAwsV4<Key extends AccessKey>(find: (id: string) => Key | undefined): VerifyAwsV4<Key> {
  const verifier = new Verifier(find);
  return (request, services, now) => {
    if (request.headers.authorization === undefined) return verifier.verifyQuery(request, services, now);
    if (request.url?.includes('X-Amz-Algorithm='))
      throw invalid(
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      );
    return verifier.verifyHeader(request, services, now);
  };
}

class Verifier<Key extends AccessKey> {
  readonly #find: (id: string) => Key | undefined;
  readonly #signingKeys = createSigningKeys();
  readonly #signers = new BoundedMap<string, Signer<Key>>(1_000);
  #last = { text: '', time: 0, basic: '' };

  constructor(find: (id: string) => Key | undefined) {
    this.#find = find;
  }

  verifyHeader(request: SignedRequest, services: readonly string[], now: number): Verified<Key> {
    const header = String(request.headers.authorization);
    const date = request.headers['x-amz-date'] ?? request.headers.date;
    const start = header.slice(0, -SIGNATURE_LENGTH);
    const known = date === undefined ? undefined : this.#signers.get(start);
    const claim = known?.claim ?? readAuthorization(header, date !== undefined);
    const signed = this.#timeOf(String(date));
    checkScope(claim, services, signed.basic);
    checkWindow(signed, now, { skew: SKEW, life: 0 });
    const signer = known ?? this.#signerOf(claim);
    checkToken(signer.key, request.headers['x-amz-security-token']);
    const signature = known === undefined ? claim.signature : header.slice(-SIGNATURE_LENGTH);
    const payload = hash('sha256', request.body, 'hex');
    checkSignature(request, signer, { time: signed.basic, signature, payload });
    if (known === undefined && endsWithSignature(header, signature)) this.#signers.set(start, signer);
    return signer;
  }

  verifyQuery(request: SignedRequest, services: readonly string[], now: number): Verified<Key> {
    const query = new Map(readQuery(splitUrl(request.url ?? '/').query));
    if (!query.has('X-Amz-Algorithm') && !query.has('X-Amz-Credential')) throw missingToken();
    const claim = readPresigned(query);
    const signed = this.#timeOf(claim.time);
    checkScope(claim, services, signed.basic);
    checkWindow(signed, now, { skew: SKEW, life: claim.expires * 1000 - SKEW });
    const signer = this.#signerOf(claim);
    checkToken(signer.key, claim.securityToken ?? request.headers['x-amz-security-token']);
    const declared = query.get('X-Amz-Content-Sha256') ?? request.headers['x-amz-content-sha256'];
    const payload = declared === UNSIGNED ? UNSIGNED : hash('sha256', request.body, 'hex');
    checkSignature(request, signer, { time: signed.basic, signature: claim.signature, payload });
    return signer;
  }

  /** Clients of one second send the same date. */
  #timeOf(text: string): { time: number; basic: string } {
    if (this.#last.text !== text) this.#last = { text, ...readTime(text) };
    return this.#last;
  }

  #signerOf(claim: Claim): Signer<Key> {
    const key = this.#find(claim.accessKeyId);
    if (key === undefined) throw unrecognized();
    const { region, service, signedHeaders } = claim;
    return {
      key,
      region,
      service,
      claim,
      hmac: this.#signingKeys(key, claim),
      names: signedHeaders.join(';'),
    };
  }
}

function endsWithSignature(header: string, signature: string): boolean {
  return signature.length === SIGNATURE_LENGTH && header.endsWith(`Signature=${signature}`);
}

const invalid = (message: string): WireError => new WireError('InvalidSignatureException', 403, message);

const unrecognized = (): WireError =>
  new WireError('UnrecognizedClientException', 403, 'The security token included in the request is invalid.');

function checkScope(claim: Claim, services: readonly string[], basic: string): void {
  if (!services.includes(claim.service))
    throw invalid(`Credential should be scoped to correct service: '${services[0]}'. `);
  if (claim.terminator !== 'aws4_request')
    throw invalid(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${claim.terminator}'. `,
    );
  if (!basic.startsWith(claim.date))
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.date}' != '${basic.slice(0, 8)}', from '${basic}'.`,
    );
  if (!claim.signedHeaders.includes('host'))
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

function checkToken(key: AccessKey, token: string | string[] | undefined): void {
  if (key.sessionToken === undefined && token === undefined) return;
  if (key.sessionToken === undefined || token === undefined || !isEqual(String(token), key.sessionToken))
    throw unrecognized();
}

interface Signature {
  readonly time: string;
  readonly signature: string;
  readonly payload: string;
}

function checkSignature(
  request: SignedRequest,
  signer: Signer<unknown>,
  { time, signature, payload }: Signature,
): void {
  const declared = request.headers['x-amz-content-sha256'];
  if (declared !== undefined && declared !== payload) throw mismatch();
  const canonical = canonicalRequest(request, signer, payload);
  if (isEqual(signature, sign(signer, time, hash('sha256', canonical, 'hex')))) return;
  // Doubled and non-ASCII headers are rare: only they need the bytes as they were sent.
  const sent = {
    method: request.method,
    url: Buffer.from(request.url ?? '/', 'latin1').toString(),
    headers: allHeaders(request.rawHeaders),
  };
  const exact = Buffer.from(canonicalRequest(sent, signer, payload), 'latin1');
  if (!isEqual(signature, sign(signer, time, hash('sha256', exact, 'hex')))) throw mismatch();
}

function canonicalRequest(
  request: Pick<SignedRequest, 'method' | 'url' | 'headers'>,
  signer: Signer<unknown>,
  payload: string,
): string {
  const { path, query } = splitUrl(request.url ?? '/');
  const lines = canonicalHeaders(request.headers, signer.claim.signedHeaders);
  return `${request.method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${lines}\n${signer.names}\n${payload}`;
}

const sign = (signer: Signer<unknown>, time: string, canonicalHash: string): string =>
  signer.hmac(`${ALGORITHM}\n${time}\n${signer.claim.scope}\n${canonicalHash}`);

const mismatch = (): WireError =>
  invalid(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
