import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlainRequest } from '../../src/server/plain-request.ts';

const LIMITS = { headerSize: 1_000, requestSize: 2_000 };
const HEAD = ['POST / HTTP/1.1', 'Host: x', 'X-Amz-Target: TinyService.Echo', 'Content-Length: 2'];

/** A request with lines added, or with the lines that begin alike replaced. */
function request(lines: readonly string[] = [], body = '{}'): string {
  const names = lines.map((line) => line.split(':')[0]);
  const kept = HEAD.filter((line) => !names.includes(line.split(':')[0]));
  return `${[...kept, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

const parse = (text: string) => parsePlainRequest(Buffer.from(text, 'latin1'), LIMITS);

test('a plain request', () => {
  const parsed = parse(request(['X-Spaced: \t a  b ', 'X-Empty:']));
  assert.ok(parsed);
  assert.deepEqual(
    { ...parsed.headers },
    {
      host: 'x',
      'x-amz-target': 'TinyService.Echo',
      'content-length': '2',
      'x-spaced': 'a  b',
      'x-empty': '',
    },
  );
  assert.deepEqual(parsed.rawHeaders?.slice(-4), ['X-Spaced', 'a  b', 'X-Empty', '']);
  assert.deepEqual([parsed.method, parsed.url], ['POST', '/']);
  assert.equal(parsed.body.toString(), '{}');
});

test('a plain request with a query, and one without a body', () => {
  const post = parse(request().replace('POST /', 'POST /?Action=A&b=%20'));
  assert.deepEqual([post?.method, post?.url, post?.body.toString()], ['POST', '/?Action=A&b=%20', '{}']);
  const text = 'GET /?Action=A HTTP/1.1\r\nHost: x\r\n\r\n';
  const get = parse(`${text}GET`);
  assert.deepEqual(
    [get?.method, get?.url, get?.body.length, get?.size],
    ['GET', '/?Action=A', 0, text.length],
  );
  assert.deepEqual({ ...get?.headers }, { host: 'x' });
});

test('what follows a plain request is left', () => {
  const text = request();
  assert.equal(parse(`${text}POST / HT`)?.size, text.length);
});

const NOT_PLAIN: Readonly<Record<string, string>> = {
  nothing: '',
  'half of its headers': request().slice(0, 40),
  'half of its body': request().slice(0, -1),
  'another method': request().replace('POST', 'PUT'),
  'another path': request().replace('POST /', 'POST /a'),
  'a fragment': request().replace('POST /', 'POST /?a#b'),
  'a query that is not ASCII': request().replace('POST /', 'POST /?é'),
  'a read with a length': request().replace('POST', 'GET'),
  'an absolute address': request().replace('POST /', 'POST http://x/'),
  'HTTP/1.0': request().replace('HTTP/1.1', 'HTTP/1.0'),
  'no host': request().replace('Host: x\r\n', ''),
  'no length': request().replace('Content-Length: 2\r\n', ''),
  'a length with a sign': request(['Content-Length: +2']),
  'a length in hex': request(['Content-Length: 0x2']),
  'two lengths in one': request(['Content-Length: 2, 2']),
  'two lengths': request().replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\n'),
  'a header twice in different case': request(['x-a: 1', 'X-A: 2']),
  'a length beyond the limit': request(['Content-Length: 2000']),
  'headers beyond the limit': request([`X-Long: ${'x'.repeat(1_000)}`]),
  'a chunked body': request(['Transfer-Encoding: chunked']),
  'a compressed body': request(['Content-Encoding: gzip']),
  'an expectation': request(['Expect: 100-continue']),
  'an upgrade': request(['Upgrade: h2c']),
  'a connection to be closed': request(['Connection: close']),
  'a folded header': request(['X-A: 1\r\n 2']),
  'a space before the colon': request(['X-A : 1']),
  'a line without a colon': request(['X-A']),
  'a bare line feed': request(['X-A: 1\nX-B: 2']),
  'a carriage return in a value': request(['X-A: 1\r2']),
  'a NUL in a value': request(['X-A: 1\u0000']),
  'a value that is not ASCII': request(['X-A: é']),
  'an empty line before it': `\r\n${request()}`,
};

for (const [name, text] of Object.entries(NOT_PLAIN))
  test(`not plain: ${name}`, () => assert.equal(parse(text), undefined));

test('names that objects have from birth are headers like others', () => {
  assert.equal(parse(request(['constructor: 1', '__proto__: 2']))?.headers.constructor, '1');
});
