import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sign } from '../../support/sign.ts';
import { NOW, request, signed, signing, target, verify } from './aws-v4-request.ts';

describe('refused', () => {
  const mismatch =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  const changed = (change: Record<string, string | undefined>) => {
    const { headers } = signed();
    for (const [name, value] of Object.entries(change)) {
      delete headers[name];
      if (value !== undefined) headers[name] = value;
    }
    return request({ headers });
  };
  const authorization = signed().headers.authorization ?? '';
  const scope = 'AKIDOPS/20261120/us-east-1/swf/aws4_request';
  const table: readonly [
    string,
    ReturnType<typeof request>,
    { code: string; status: number; message: string | RegExp },
  ][] = [
    [
      'no signature',
      changed({ authorization: undefined }),
      {
        code: 'MissingAuthenticationTokenException',
        status: 403,
        message: 'Request is missing Authentication Token',
      },
    ],
    [
      'another scheme',
      changed({ authorization: 'Bearer x' }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message:
          "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=Bearer",
      },
    ],
    [
      'another algorithm',
      changed({ authorization: authorization.replace('SHA256', 'SHA512') }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message: "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'.",
      },
    ],
    [
      'no signed headers',
      changed({ authorization: authorization.replace(/SignedHeaders=[^,]+, /, '') }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message: "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
      },
    ],
    [
      'no date',
      changed({ 'x-amz-date': undefined }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message:
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
      },
    ],
    [
      'a part without =',
      changed({ authorization: authorization.replace('Credential=', 'Credential= ') }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message: /not a valid key=value pair \(missing equal-sign\) in Authorization header/,
      },
    ],
    [
      'a short credential',
      changed({ authorization: authorization.replace('/us-east-1', '') }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message:
          "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDOPS/20261120/swf/aws4_request'",
      },
    ],
    [
      'a date that is none',
      changed({ 'x-amz-date': 'yesterday' }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message: /^Date must be in ISO-8601 'basic format'\. Got 'yesterday'\./,
      },
    ],
    [
      'another service',
      signed({ service: 'sqs' }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message: "Credential should be scoped to correct service: 'swf'. ",
      },
    ],
    [
      'another terminator',
      changed({ authorization: authorization.replace('aws4_request', 'aws5_request') }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message: "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
      },
    ],
    [
      'another day in the scope',
      changed({ authorization: authorization.replace(scope, scope.replace('1120', '1119')) }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message:
          /^Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261119' != '20261120'/,
      },
    ],
    [
      'host not signed',
      changed({ authorization: authorization.replace('host;', '') }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message: /'Host' or ':authority' must be a 'SignedHeader'/,
      },
    ],
    [
      'an unknown key',
      signed({ id: 'AKIDNOBODY' }),
      {
        code: 'UnrecognizedClientException',
        status: 403,
        message: 'The security token included in the request is invalid.',
      },
    ],
    [
      'a wrong secret',
      signed({ secret: 'wrong' }),
      { code: 'InvalidSignatureException', status: 403, message: mismatch },
    ],
    [
      'a changed header',
      changed({ 'x-amz-target': 'SimpleWorkflowService.DeprecateDomain' }),
      { code: 'InvalidSignatureException', status: 403, message: mismatch },
    ],
    [
      'a signed header that is a property of every object',
      changed({ authorization: authorization.replace('host;', 'host;constructor;__proto__;') }),
      { code: 'InvalidSignatureException', status: 403, message: mismatch },
    ],
    [
      'a declared hash that is not the body’s',
      request({
        headers: sign(
          { headers: { ...target, 'x-amz-content-sha256': 'a'.repeat(64) }, body: '{}' },
          signing,
        ),
      }),
      { code: 'InvalidSignatureException', status: 403, message: mismatch },
    ],
    [
      'a session token for a key without one',
      signed({ sessionToken: 'a-token' }),
      {
        code: 'UnrecognizedClientException',
        status: 403,
        message: 'The security token included in the request is invalid.',
      },
    ],
    [
      'a missing session token',
      signed({ id: 'AKIDTEMP', secret: 'other' }),
      {
        code: 'UnrecognizedClientException',
        status: 403,
        message: 'The security token included in the request is invalid.',
      },
    ],
    [
      'a wrong session token',
      signed({ id: 'AKIDTEMP', secret: 'other', sessionToken: 'a-tokem' }),
      {
        code: 'UnrecognizedClientException',
        status: 403,
        message: 'The security token included in the request is invalid.',
      },
    ],
    [
      'signed too long ago',
      signed({ time: NOW - 301_000 }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message:
          'Signature expired: 20261120T134259Z is now earlier than 20261120T134300Z (20261120T134800Z - 5 min.)',
      },
    ],
    [
      'signed in the future',
      signed({ time: NOW + 301_000 }),
      {
        code: 'InvalidSignatureException',
        status: 403,
        message:
          'Signature not yet current: 20261120T135301Z is still later than 20261120T135300Z (20261120T134800Z + 5 min.)',
      },
    ],
    [
      'header and query at once',
      request({ url: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256', headers: signed().headers }),
      { code: 'InvalidSignatureException', status: 403, message: /^Found both/ },
    ],
    [
      'an incomplete query',
      request({
        url: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x',
        headers: { host: 'localhost' },
      }),
      {
        code: 'IncompleteSignatureException',
        status: 400,
        message:
          /^AWS query-string parameters must include 'X-Amz-Signature'\. .* Re-examine the query-string parameters\.$/,
      },
    ],
  ];
  for (const [title, input, error] of table) test(title, () => assert.throws(() => verify(input), error));
});
