import { createHmac } from 'node:crypto';
import { invalidParameter, missingParameter } from '../protocols/alibaba-rpc-errors.ts';
import { type AlibabaClaim, type AlibabaRequest, canonicalParameters } from './alibaba-request.ts';
import { isEqual } from './is-equal.ts';
import { percentEncode } from './percent-encode.ts';

const METHOD = 'HMAC-SHA1';
const VERSION = '1.0';

/**
 * A signature of version 1: parameters of the request sign all its other parameters. Throws when one is missing.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function claimV1(request: AlibabaRequest): AlibabaClaim {
  const { parameters } = request;
  const accessKeyId = required(parameters, 'AccessKeyId');
  const signature = required(parameters, 'Signature');
  mustBe(parameters, 'SignatureMethod', METHOD);
  mustBe(parameters, 'SignatureVersion', VERSION);
  return {
    accessKeyId,
    securityToken: parameters.get('SecurityToken') || undefined,
    nonce: required(parameters, 'SignatureNonce'),
    time: { text: required(parameters, 'Timestamp'), name: 'Timestamp' },
    isSignedWith: (secret) => isEqual(signature, signV1(request, secret)),
  };
}

/** In base64. */
function signV1({ method, parameters }: AlibabaRequest, secret: string): string {
  const signed = canonicalParameters([...parameters].filter(([name]) => name !== 'Signature'));
  return createHmac('sha1', `${secret}&`)
    .update(`${method}&%2F&${percentEncode(signed)}`)
    .digest('base64');
}

function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

function mustBe(parameters: ReadonlyMap<string, string>, name: string, only: string): void {
  if (required(parameters, name) !== only) throw invalidParameter(name, `be ${only}`);
}
