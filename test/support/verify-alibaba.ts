import assert from 'node:assert/strict';
import { WireError } from '../../src/wire/errors.ts';
import { readRpcRequest } from '../../src/wire/protocols/alibaba-rpc.ts';
import { createAlibaba } from '../../src/wire/signatures/alibaba.ts';
import { type AlibabaSigning, formText, type Texts } from './sign-alibaba.ts';

export const NOW = Date.UTC(2026, 10, 20, 11, 30, 0);
const KEYS = [
  { id: 'testid', secret: 'testsecret' },
  { id: 'STS.temporary', secret: 'another', sessionToken: 'the token' },
];
export const SIGNING: AlibabaSigning = { id: 'testid', secret: 'testsecret', time: NOW };
export const TEMPORARY: AlibabaSigning = { ...KEYS[1], id: 'STS.temporary', secret: 'another', time: NOW };
export const FORM = 'application/x-www-form-urlencoded';

/** A request as it arrives. */
export interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Texts;
  readonly body?: string;
}

export const verifier = () => createAlibaba((id) => KEYS.find((key) => key.id === id));

/** The id of the key, or code and message of the refusal. */
export function verify(
  { method = 'POST', url = '/', headers = {}, body = '' }: Sent,
  check = verifier(),
  now = NOW,
) {
  try {
    const request = readRpcRequest({ method, url, headers, body: Buffer.from(body) });
    return check(request, now).id;
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    return [error.status, error.code, error.message];
  }
}

export const inQuery = (parameters: Texts, method = 'GET'): Sent => ({
  method,
  url: `/?${formText(parameters)}`,
});
export const inBody = (parameters: Texts): Sent => ({
  headers: { 'content-type': FORM },
  body: formText(parameters),
});

export const CALL = { Action: 'Echo', Version: '1', Text: "a b*~!()'+%&=é你" };
export const HEADERS = { host: 'localhost:7400', 'x-acs-action': 'Echo', 'x-acs-version': '1' };

export const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your access key and signing method.';
