import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NotAllowed, RequestTooLarge, WireError } from '../../../src/wire/errors.ts';
import {
  calledOperation,
  encodeRpcAnswer,
  encodeRpcFault,
  givenRequestId,
  isRpc,
  readRpcRequest,
} from '../../../src/wire/protocols/alibaba-rpc.ts';
import {
  alibabaFault,
  missingParameter,
  unsupportedAction,
} from '../../../src/wire/protocols/alibaba-rpc-errors.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
const V3 = { authorization: 'ACS3-HMAC-SHA256 x' };

interface Sent {
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const read = ({ url = '/', headers = {}, body = '' }: Sent) =>
  readRpcRequest({ method: 'POST', url, headers, body: Buffer.from(body) });

describe('parameters', () => {
  const table: readonly [string, Sent, Record<string, string>][] = [
    ['none', {}, {}],
    ['of the query', { url: '/?A=1&B=%20+%2B' }, { A: '1', B: '  +' }],
    ['of a form', { headers: FORM, body: 'A=1&B=é' }, { A: '1', B: 'é' }],
    ['of a form without a type', { body: 'A=1' }, { A: '1' }],
    ['of both', { url: '/?A=1', headers: FORM, body: 'B=2' }, { A: '1', B: '2' }],
    [
      'with names that every object has',
      { url: '/?__proto__=1&constructor=2' },
      { ['__proto__']: '1', constructor: '2' },
    ],
    [
      'of JSON under version 3',
      {
        headers: { ...V3, 'content-type': 'application/json' },
        body: '{"A":"1","B":2,"C":{"D":[true]},"E":null}',
      },
      { A: '1', B: '2', C: '{"D":[true]}' },
    ],
    [
      'no matter the type of an empty body',
      { url: '/?A=1', headers: { 'content-type': 'text/plain' } },
      { A: '1' },
    ],
    [
      'with an encoding that changes nothing',
      { headers: { ...FORM, 'content-encoding': 'Identity' }, body: 'A=1' },
      { A: '1' },
    ],
  ];
  for (const [title, sent, expected] of table)
    test(title, () => assert.deepEqual([...read(sent).parameters], Object.entries(expected)));

  test('those of the query stand alone too', () =>
    assert.deepEqual([...read({ url: '/?A=1', body: 'B=2' }).query], [['A', '1']]));
});

describe('requests that cannot be read', () => {
  const many = Array.from({ length: 1_001 }, (_, at) => `p${at}=`).join('&');
  const json = { ...V3, 'content-type': 'application/json' };
  const noJson = 'The body must be a JSON object in UTF-8.';
  const mediaType = 'The content type must be "application/json".';
  const utf8 = 'Names and values of parameters must be UTF-8.';
  const table: readonly [string, Sent, string, string][] = [
    [
      'a name twice in the query',
      { url: '/?A=1&A=1' },
      'InvalidArgument',
      "The parameter 'A' is given more than once.",
    ],
    [
      'a name in query and form',
      { url: '/?A=1', body: 'A=2' },
      'InvalidArgument',
      "The parameter 'A' is given more than once.",
    ],
    [
      'a name encoded twice',
      { url: '/?A=1&%41=1' },
      'InvalidArgument',
      "The parameter 'A' is given more than once.",
    ],
    ['too many', { body: many }, 'InvalidArgument', 'A request must have at most 1000 parameters.'],
    [
      'as many as a body holds',
      { body: 'A&'.repeat(512 * 1024) },
      'InvalidArgument',
      "The parameter 'A' is given more than once.",
    ],
    ['a value that is not UTF-8', { url: '/?A=%ff' }, 'InvalidArgument', utf8],
    ['a name that is not UTF-8', { body: Buffer.from('\xe9=1', 'latin1') }, 'InvalidArgument', utf8],
    [
      'compressed',
      { headers: { ...FORM, 'content-encoding': 'gzip' }, body: 'x' },
      'InvalidArgument',
      "The content encoding 'gzip' is not supported.",
    ],
    [
      'a type unknown',
      { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      'UnsupportedMediaType',
      mediaType,
    ],
    [
      'JSON that no signature covers',
      { headers: { 'content-type': 'application/json' }, body: '{}' },
      'UnsupportedMediaType',
      mediaType,
    ],
    ['malformed JSON', { headers: json, body: '{' }, 'InvalidArgument', noJson],
    ['JSON that is no object', { headers: json, body: '[]' }, 'InvalidArgument', noJson],
    [
      'JSON that is not UTF-8',
      { headers: json, body: Buffer.from('{"a":"\xe9"}', 'latin1') },
      'InvalidArgument',
      noJson,
    ],
    [
      'JSON nested without end',
      { headers: json, body: `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}` },
      'InvalidArgument',
      noJson,
    ],
  ];
  for (const [title, sent, code, message] of table)
    test(title, () => assert.throws(() => read(sent), { code, message }));
});

describe('action and version', () => {
  const byHeader = { 'x-acs-action': 'H', 'x-acs-version': '2' };
  const table: readonly [string, Sent, string | undefined, string | undefined][] = [
    ['of parameters', { url: '/?Action=P&Version=1' }, 'P', '1'],
    ['of headers', { headers: byHeader }, 'H', '2'],
    ['of parameters rather than headers', { url: '/?Action=P&Version=1', headers: byHeader }, 'P', '1'],
    [
      'of headers under version 3',
      { url: '/?Action=P&Version=1', headers: { ...byHeader, ...V3 } },
      'H',
      '2',
    ],
    [
      'of nothing but headers under version 3',
      { url: '/?Action=P&Version=1', headers: V3 },
      undefined,
      undefined,
    ],
    [
      'of nothing but what version 1 signs',
      { url: '/?Signature=x', headers: byHeader },
      undefined,
      undefined,
    ],
  ];
  for (const [title, sent, action, version] of table)
    test(title, () => assert.deepEqual(calledOperation(read(sent)), { action, version }));
});

test('what is in the manner of the protocol', () => {
  for (const url of ['/?Action=', '/?Signature=x', '/?AccessKeyId=x'])
    assert.equal(isRpc(read({ url })), true, url);
  assert.equal(isRpc(read({ headers: { 'x-acs-action': 'x' } })), true);
  assert.equal(isRpc(read({ url: '/?action=x', body: 'Other=1' })), false);
});

test('ids of requests that can stand in a header', () => {
  const given = (id: string) => givenRequestId(read({ url: `/?RequestId=${id}` }));
  assert.equal(given('0F1A-b.c:d_e'), '0F1A-b.c:d_e');
  for (const id of ['', 'a%0d%0ab', 'a%20b', '%C3%A9', 'a'.repeat(129)])
    assert.equal(given(id), undefined, id);
});

test('answers begin with the id of their request', () => {
  assert.equal(encodeRpcAnswer('r', '{}'), '{"RequestId":"r"}');
  assert.equal(encodeRpcAnswer('r', '{"A":{}}'), '{"RequestId":"r","A":{}}');
});

describe('errors', () => {
  const table: readonly [string, unknown, number, string, string][] = [
    [
      'of the protocol',
      missingParameter('Name'),
      400,
      'MissingRequiredParams',
      "The HTTP query 'Name' must be specified.",
    ],
    [
      'of an API',
      new WireError('FlowNotExists', 404, "Flow 'x' does not exist."),
      404,
      'FlowNotExists',
      "Flow 'x' does not exist.",
    ],
    [
      'too large',
      new RequestTooLarge(7),
      400,
      'EntityTooLarge',
      'The payload size exceeds maximum allowed size (7 bytes).',
    ],
    [
      'not allowed',
      new NotAllowed('me', 'fnf:StartExecution', 'acs:fnf:a:b:flow/c'),
      403,
      'AccessDenied',
      "The resources doesn't belong to you. User: me is not authorized to perform: fnf:StartExecution on resource: acs:fnf:a:b:flow/c.",
    ],
    [
      'anything else',
      new Error('secret'),
      500,
      'InternalServerError',
      'An internal error has occurred. Please retry.',
    ],
  ];
  for (const [title, error, status, type, message] of table)
    test(title, () => assert.deepEqual(alibabaFault(error), { status, type, message }));

  test('quote no more of a request than needed', () => {
    const { message } = unsupportedAction('x'.repeat(1_000));
    assert.equal(message, `The requested API operation '${'x'.repeat(128)}...' is incorrect. Please check.`);
  });

  test('as the vendor writes them', () =>
    assert.deepEqual(
      JSON.parse(
        encodeRpcFault(
          { status: 404, type: 'FlowNotExists', message: "Flow 'x' does not exist." },
          { requestId: 'r', host: 'localhost:7400', product: 'fnf' },
        ),
      ),
      {
        RequestId: 'r',
        HostId: 'localhost:7400',
        Code: 'FlowNotExists',
        Message: "Flow 'x' does not exist.",
        Recommend: 'https://api.aliyun.com/troubleshoot?q=FlowNotExists&product=fnf',
      },
    ));
});
