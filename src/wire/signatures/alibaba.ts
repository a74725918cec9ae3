import {
  invalidAccessKey,
  invalidArgument,
  invalidParameter,
  missingHeader,
  nonceUsed,
  signatureMismatch,
  timeTooSkewed,
} from '../protocols/alibaba-rpc-errors.ts';
import type { AlibabaClaim, AlibabaRequest } from './alibaba-request.ts';
import { claimV1 } from './alibaba-v1.ts';
import { claimV3, isV3 } from './alibaba-v3.ts';
import type { AccessKey } from './aws-v4.ts';
import { isEqual } from './is-equal.ts';
import { UsedNonces } from './used-nonces.ts';

/** Gives the key with which a request is signed; `now` is in epoch milliseconds. Throws the vendor's own errors. */
export type VerifyAlibaba<Key> = (request: AlibabaRequest, now: number) => Key;

const SKEW = 15 * 60_000;
const LONGEST_NONCE = 128;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** `until`, in epoch milliseconds, it would be taken for new. */
export interface UsedNonce {
  readonly keyId: string;
  readonly nonce: string;
  readonly until: number;
}

/** What outlives this process of the nonces that are used. */
export interface NonceMemory {
  /** By earlier processes, oldest first. */
  readonly restored: readonly UsedNonce[];
  add(nonce: UsedNonce): void;
}

/**
 * Checks signatures of version 1 (HMAC-SHA1) and 3 (ACS3-HMAC-SHA256), and that each is used once: as long as this process
 * lives, or beyond it with a memory.
 */
export function createAlibaba<Key extends AccessKey>(
  find: (id: string) => Key | undefined,
  memory?: NonceMemory,
): VerifyAlibaba<Key> {
  const nonces = new UsedNonces();
  for (const { keyId, nonce, until } of memory?.restored ?? []) nonces.use(keyId, nonce, { now: 0, until });
  return (request, now) => {
    const claim = claimOf(request);
    const key = find(claim.accessKeyId);
    if (key === undefined) throw invalidAccessKey(claim.accessKeyId);
    checkToken(key, claim.securityToken);
    const signed = checkTime(claim, now);
    if (claim.nonce.length > LONGEST_NONCE)
      throw invalidArgument(`A signature nonce must have at most ${LONGEST_NONCE} characters.`);
    if (!claim.isSignedWith(key.secret)) throw signatureMismatch();
    const until = Math.max(now, signed) + SKEW;
    if (!nonces.use(key.id, claim.nonce, { now, until })) throw nonceUsed(claim.nonce);
    memory?.add({ keyId: key.id, nonce: claim.nonce, until });
    return key;
  };
}

/** A header of another scheme, such as a proxy's, does not hide parameters that sign. */
function claimOf(request: AlibabaRequest): AlibabaClaim {
  const { headers, parameters } = request;
  const isV1 = parameters.has('Signature') || parameters.has('AccessKeyId');
  if (isV3(request)) return claimV3(request);
  if (isV1 || headers['x-acs-action'] === undefined) return claimV1(request);
  if (headers.authorization === undefined) throw missingHeader('Authorization');
  return claimV3(request);
}

function checkToken({ id, sessionToken }: AccessKey, token: string | undefined): void {
  if (sessionToken === undefined && token === undefined) return;
  if (sessionToken === undefined || token === undefined || !isEqual(token, sessionToken))
    throw invalidAccessKey(id, ' The security token is not the one that belongs to it.');
}

/** When the request was signed, in epoch milliseconds. */
function checkTime({ time }: AlibabaClaim, now: number): number {
  const signed = TIME.test(time.text) ? Date.parse(time.text) : Number.NaN;
  if (Number.isNaN(signed)) throw invalidParameter(time.name, 'be a UTC time such as 2026-11-20T11:22:48Z');
  if (Math.abs(now - signed) > SKEW)
    throw timeTooSkewed(time.text, `${new Date(now).toISOString().slice(0, 19)}Z`);
  return signed;
}
