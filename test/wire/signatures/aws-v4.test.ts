import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AccessKey, createAwsV4 } from '../../../src/wire/signatures/aws-v4.ts';
import { canonicalPath, canonicalQuery } from '../../../src/wire/signatures/aws-v4-canonical.ts';
import { createHmacSha256 } from '../../../src/wire/signatures/hmac-sha256.ts';
import { deriveSigningKey } from '../../../src/wire/signatures/signing-keys.ts';
import { type Signing, sign } from '../../support/sign.ts';

const NOW = Date.UTC(2026, 10, 20, 13, 48, 0);
const KEYS: readonly AccessKey[] = [
  { id: 'AKIDOPS', secret: 'top/secret+key' },
  { id: 'AKIDTEMP', secret: 'other', sessionToken: 'a-token' },
];
const signing: Signing = { id: 'AKIDOPS', secret: 'top/secret+key', time: NOW };
const verifier = () => createAwsV4((id) => KEYS.find((key) => key.id === id));

interface Raw {
  readonly method?: string;
  readonly url?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const request = ({ method = 'POST', url = '/', headers, body = '{}' }: Raw) => ({
  method,
  url,
  headers,
  rawHeaders: Object.entries(headers).flat(),
  body: Buffer.from(body),
});

const target = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'SimpleWorkflowService.ListDomains',
};
const signed = (change: Partial<Signing> = {}, body = '{}') =>
  request({ headers: sign({ headers: target, body }, { ...signing, ...change }), body });

const verify = (input: ReturnType<typeof request>, now = NOW) => verifier()(input, ['swf', 'orrery'], now);

describe('published vectors', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

  test('signing key', () =>
    assert.equal(
      deriveSigningKey(secret, '20150830', { region: 'us-east-1', service: 'iam' }).toString('hex'),
      'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
    ));

  interface Vector {
    readonly method: string;
    readonly url: string;
    readonly raw?: readonly string[];
    readonly body?: string;
    readonly names?: string;
    readonly signature: string;
  }
  const vectors: Record<string, Vector> = {
    'get-vanilla': {
      method: 'GET',
      url: '/',
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    'get-vanilla-query-order-key-case': {
      method: 'GET',
      url: '/?Param2=value2&Param1=value1',
      signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    },
    'get-relative': {
      method: 'GET',
      url: '/example/..',
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    'get-slash': {
      method: 'GET',
      url: '//',
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    'post-vanilla': {
      method: 'POST',
      url: '/',
      signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    },
    'post-x-www-form-urlencoded': {
      method: 'POST',
      url: '/',
      raw: ['Content-Type', 'application/x-www-form-urlencoded'],
      names: 'content-type;host;x-amz-date',
      body: 'Param1=value1',
      signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    },
    'get-header-value-trim': {
      method: 'GET',
      url: '/',
      raw: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'],
      names: 'host;my-header1;my-header2;x-amz-date',
      signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    },
    'get-header-key-duplicate': {
      method: 'GET',
      url: '/',
      raw: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'],
      names: 'host;my-header1;x-amz-date',
      signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    },
    'get-utf8': {
      method: 'GET',
      url: Buffer.from('/ሴ').toString('latin1'),
      signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
    },
  };
  for (const [
    name,
    { method, url, raw = [], body = '', names = 'host;x-amz-date', signature },
  ] of Object.entries(vectors))
    test(name, () => {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`;
      const rawHeaders = [
        'Host',
        'example.amazonaws.com',
        'X-Amz-Date',
        '20150830T123600Z',
        ...raw,
        'Authorization',
        authorization,
      ];
      const headers: Record<string, string> = {};
      for (let at = 0; at < rawHeaders.length; at += 2) {
        const header = String(rawHeaders[at]).toLowerCase();
        const value = String(rawHeaders[at + 1]);
        headers[header] = headers[header] === undefined ? value : `${headers[header]}, ${value}`;
      }
      const check = createAwsV4((id) => (id === 'AKIDEXAMPLE' ? { id, secret } : undefined));
      const input = { method, url, headers, rawHeaders, body: Buffer.from(body) };
      assert.equal(check(input, ['service'], Date.UTC(2015, 7, 30, 12, 36)).region, 'us-east-1');
      const other = { ...input, body: Buffer.from('changed') };
      assert.throws(() => check(other, ['service'], Date.UTC(2015, 7, 30, 12, 36)), {
        code: 'InvalidSignatureException',
      });
    });
});

describe('what AWS’s own signer signs', () => {
  const oracle = new SignatureV4({
    credentials: { accessKeyId: 'AKIDTEMP', secretAccessKey: 'other', sessionToken: 'a-token' },
    region: 'eu-central-1',
    service: 'swf',
    sha256: class {
      readonly #hash;
      constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
        const key =
          secret === undefined || typeof secret === 'string'
            ? secret
            : Buffer.from(
                new Uint8Array(
                  ArrayBuffer.isView(secret)
                    ? secret.buffer.slice(secret.byteOffset, secret.byteOffset + secret.byteLength)
                    : secret,
                ),
              );
        this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
      }
      update(data: string | Uint8Array): void {
        this.#hash.update(data);
      }
      async digest(): Promise<Uint8Array> {
        return this.#hash.digest();
      }
      reset(): void {}
    },
  });
  const plain = (path: string, query: Record<string, string> = {}, body = '{"a":1}') => ({
    method: 'POST',
    protocol: 'http:',
    hostname: 'localhost',
    path,
    query,
    headers: { host: 'localhost', ...target, 'x-spaced': 'a   b' },
    body,
  });
  const cases: readonly [string, string, Record<string, string>][] = [
    ['the root', '/', {}],
    ['a path with escapes', '/a%20b/c+d/%C3%A4', {}],
    ['a path with dots', '/a/./b/../c/', {}],
    ['a query', '/list', { b: '2', a: 'x y', 'ä&=': "(!'*)", A: '' }],
  ];
  const urlOf = (path: string, query: Record<string, unknown>) => {
    const pairs = Object.entries(query).map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
    );
    return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
  };

  for (const [title, path, query] of cases) {
    test(`${title}, in the header`, async () => {
      const out = await oracle.sign(plain(path, query), { signingDate: new Date(NOW) });
      const input = request({ url: urlOf(path, query), headers: out.headers, body: '{"a":1}' });
      const found = verify(input);
      assert.deepEqual([found.key.id, found.region, found.service], ['AKIDTEMP', 'eu-central-1', 'swf']);
    });
    test(`${title}, presigned`, async () => {
      const out = await oracle.presign(plain(path, query), { signingDate: new Date(NOW), expiresIn: 900 });
      const input = request({ url: urlOf(path, out.query ?? {}), headers: out.headers, body: '{"a":1}' });
      assert.equal(verify(input, NOW + 899_000).key.id, 'AKIDTEMP');
      assert.throws(() => verify(input, NOW + 902_000), {
        code: 'InvalidSignatureException',
        message: /^Signature expired: 20261120T134800Z/,
      });
      assert.throws(() => verify({ ...input, body: Buffer.from('{"a":2}') }), {
        code: 'InvalidSignatureException',
      });
    });
  }

  test('UNSIGNED-PAYLOAD is taken in a presigned request', async () => {
    const unsigned = {
      ...plain('/'),
      headers: { ...plain('/').headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    };
    const out = await oracle.presign(unsigned, { signingDate: new Date(NOW), expiresIn: 60 });
    const input = request({
      url: urlOf('/', out.query ?? {}),
      headers: { ...out.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      body: 'any',
    });
    assert.equal(verify(input).key.id, 'AKIDTEMP');
  });

  test('UNSIGNED-PAYLOAD is refused in the header', async () => {
    const unsigned = {
      ...plain('/'),
      headers: { ...plain('/').headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    };
    const out = await oracle.sign(unsigned, { signingDate: new Date(NOW) });
    assert.throws(() => verify(request({ headers: out.headers, body: '{"a":1}' })), {
      code: 'InvalidSignatureException',
    });
  });
});

describe('accepted', () => {
  test('any region, and the own service name', () => {
    const found = verify(signed({ region: 'mars-north-7', service: 'orrery' }));
    assert.deepEqual([found.region, found.service], ['mars-north-7', 'orrery']);
  });

  test('the session token of the key', () => {
    const found = verify(signed({ id: 'AKIDTEMP', secret: 'other', sessionToken: 'a-token' }));
    assert.equal(found.key.id, 'AKIDTEMP');
  });

  test('a clock five minutes off either way', () => {
    verify(signed(), NOW + 300_000);
    verify(signed(), NOW - 300_000);
  });

  test('a non-ASCII header as its bytes', () => {
    const headers = sign({ headers: { ...target, 'x-note': 'größe' }, body: '{}' }, signing);
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
    );
    assert.equal(verify(request({ headers: sent })).key.id, 'AKIDOPS');
  });

  test('the same client again and again, each time checked anew', () => {
    const check = verifier();
    const input = signed();
    const services = ['swf'];
    check(input, services, NOW);
    assert.equal(check(signed({ time: NOW + 1000 }, '{"b":1}'), services, NOW).key.id, 'AKIDOPS');
    assert.throws(() => check({ ...input, body: Buffer.from('{ }') }, services, NOW), {
      code: 'InvalidSignatureException',
    });
    assert.throws(() => check(input, ['datasync'], NOW), { code: 'InvalidSignatureException' });
    assert.throws(() => check(input, services, NOW + 301_000), { message: /^Signature expired/ });
    const { authorization = '' } = input.headers;
    const forged = { ...input.headers, authorization: `${authorization.slice(0, -64)}${'0'.repeat(64)}` };
    assert.throws(() => check(request({ headers: forged }), services, NOW), {
      code: 'InvalidSignatureException',
    });
    const token = { ...input.headers, 'x-amz-security-token': 'x' };
    assert.throws(() => check(request({ headers: token }), services, NOW), {
      code: 'UnrecognizedClientException',
    });
  });
});

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

test('paths and queries become canonical', () => {
  assert.equal(canonicalPath('/a//b/../c%20d/'), '/a/c%2520d/');
  assert.equal(canonicalPath('/../..'), '/');
  assert.equal(canonicalQuery('b=2&a=%C3%A4&a=1&c&X-Amz-Signature=x'), 'a=%C3%A4&a=1&b=2&c=');
  assert.equal(canonicalQuery('a=%ZZ'), 'a=%25ZZ');
});

test('the keyed hash is HMAC-SHA256 for keys and texts of any length', () => {
  for (const size of [0, 1, 32, 63, 64, 65, 200])
    for (const length of [0, 1, 135, 447, 448, 449, 5000]) {
      const key = Buffer.alloc(size, 7);
      const text = 'a'.repeat(length);
      assert.equal(createHmacSha256(key)(text), createHmac('sha256', key).update(text).digest('hex'));
    }
});
