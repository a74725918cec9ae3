import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signV3, type Texts } from '../../support/sign-alibaba.ts';
import { FORM, HEADERS, MISMATCH, NOW, SIGNING, TEMPORARY, verify } from '../../support/verify-alibaba.ts';

describe('version 3 refused', () => {
  const sign = (headers: Texts = HEADERS, signing = SIGNING): Record<string, string> =>
    signV3({ method: 'POST', headers }, signing);
  const without = (name: string): Texts => {
    const { [name]: _, ...rest } = sign();
    return rest;
  };
  const missing = (name: string) => [
    400,
    'MissingRequiredHeader',
    `The HTTP header '${name}' must be specified.`,
  ];
  const change = (from: string | RegExp, to: string): Texts => {
    const headers = sign();
    return { ...headers, authorization: headers.authorization?.replace(from, to) ?? '' };
  };
  const mustBeSigned = (name: string) => [
    403,
    'SignatureNotMatch',
    `${MISMATCH} The HTTP header '${name}' must be signed.`,
  ];
  const parts = [
    400,
    'InvalidArgument',
    "The HTTP header 'Authorization' must have Credential, SignedHeaders and Signature.",
  ];
  const algorithm = [
    400,
    'InvalidArgument',
    "The signature algorithm must be ACS3-HMAC-SHA256 in the HTTP header 'Authorization'.",
  ];
  const required = [
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
    'host',
  ];
  const table: readonly [string, Texts, readonly unknown[]][] = [
    ...required.map((name): [string, Texts, unknown[]] => [`no ${name}`, without(name), missing(name)]),
    ...required.map((name): [string, Texts, unknown[]] => [
      `${name} not signed`,
      change(new RegExp(`(=|;)${name}(;|,)`), '$1x$2'),
      mustBeSigned(name),
    ]),
    ['no Authorization', without('authorization'), missing('Authorization')],
    ['another scheme', { ...sign(), authorization: 'Bearer x' }, algorithm],
    ['another algorithm', change('SHA256', 'SM3'), algorithm],
    ['no more than the algorithm', { ...sign(), authorization: 'ACS3-HMAC-SHA256' }, parts],
    ['no credential', change('Credential', 'Credentials'), parts],
    ['no signature', change(/,Signature.*/, ''), parts],
    [
      'an unknown key',
      change('testid', 'nobody'),
      [403, 'InvalidAccessKeyID', "The AccessKey ID 'nobody' is invalid."],
    ],
    ['another secret', sign(HEADERS, { ...SIGNING, secret: 'x' }), [403, 'SignatureNotMatch', MISMATCH]],
    ['a changed header', { ...sign(), 'x-acs-action': 'Other' }, [403, 'SignatureNotMatch', MISMATCH]],
    [
      'a hash that is not the body’s',
      sign({ ...HEADERS, 'x-acs-content-sha256': 'a'.repeat(64) }),
      [403, 'SignatureNotMatch', MISMATCH],
    ],
    [
      'too old',
      sign(HEADERS, { ...SIGNING, time: NOW - 901_000 }),
      [
        403,
        'RequestTimeTooSkewed',
        "The difference between the request time '2026-11-20T11:14:59Z' and the current time '2026-11-20T11:30:00Z' is too large.",
      ],
    ],
    [
      'a time of another form',
      sign({ ...HEADERS, 'x-acs-date': 'now' }),
      [400, 'InvalidArgument', "The parameter 'x-acs-date' must be a UTC time such as 2026-11-20T11:22:48Z."],
    ],
    [
      'another token',
      sign(HEADERS, { ...TEMPORARY, sessionToken: 'x' }),
      [
        403,
        'InvalidAccessKeyID',
        "The AccessKey ID 'STS.temporary' is invalid. The security token is not the one that belongs to it.",
      ],
    ],
  ];
  for (const [title, headers, expected] of table)
    test(title, () => assert.deepEqual(verify({ headers }), expected));

  test('another body', () => {
    const headers = signV3(
      { method: 'POST', body: 'Text=a', headers: { ...HEADERS, 'content-type': FORM } },
      SIGNING,
    );
    assert.deepEqual(verify({ headers, body: 'Text=b' }), [403, 'SignatureNotMatch', MISMATCH]);
  });

  test('a header beyond ASCII is signed as its bytes', () => {
    const headers = signV3({ method: 'POST', headers: { ...HEADERS, 'x-acs-note': 'é' } }, SIGNING);
    const asReceived = { ...headers, 'x-acs-note': Buffer.from('é').toString('latin1') };
    assert.equal(verify({ headers: asReceived }), 'testid');
  });
});
