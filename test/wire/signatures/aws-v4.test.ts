import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { createAwsV4 } from '../../../src/wire/signatures/aws-v4.ts';
import { canonicalPath, canonicalQuery } from '../../../src/wire/signatures/aws-v4-canonical.ts';
import { createHmacSha256 } from '../../../src/wire/signatures/hmac-sha256.ts';
import { deriveSigningKey } from '../../../src/wire/signatures/signing-keys.ts';
import { sign } from '../../support/sign.ts';

import { NOW, request, signed, signing, target, verifier, verify } from './aws-v4-request.ts';

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
