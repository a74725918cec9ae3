import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeAwsJson, encodeAwsJsonFault } from '../../../src/wire/protocols/aws-json.ts';

const json = { 'content-type': 'application/x-amz-json-1.0' };
const decode = (text: string, headers: object = json): unknown => decodeAwsJson(headers, Buffer.from(text));

describe('headers', () => {
  for (const type of [
    'application/x-amz-json-1.0',
    'application/x-amz-json-1.1',
    'application/json; charset=UTF-8',
    'Application/JSON',
  ])
    test(`accepts ${type}`, () => assert.deepEqual(decode('{"a":1}', { 'content-type': type }), { a: 1 }));

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', ''])
    test(`refuses '${type}'`, () =>
      assert.throws(() => decode('{}', { 'content-type': type }), {
        code: 'UnknownOperationException',
        status: 400,
      }));

  for (const encoding of ['amz-1.0', 'AMZ-1.0', 'identity', ''])
    test(`takes Content-Encoding '${encoding}' for none`, () =>
      assert.deepEqual(decode('{}', { ...json, 'content-encoding': encoding }), {}));

  test('refuses a compressed body', () =>
    assert.throws(() => decode('{}', { ...json, 'content-encoding': 'gzip' }), {
      code: 'SerializationException',
    }));
});

describe('bodies', () => {
  for (const text of ['', '{', 'null', '[]', '"a"', '1', '{"a":1}}', "{'a':1}", '{"a":NaN}', '\u0000'])
    test(`refuses ${JSON.stringify(text)}`, () =>
      assert.throws(() => decode(text), { code: 'SerializationException', status: 400 }));

  test('refuses what is not UTF-8', () =>
    assert.throws(() => decodeAwsJson(json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), {
      code: 'SerializationException',
    }));

  test('the last of doubled keys counts', () => assert.deepEqual(decode('{"a":1,"a":2}'), { a: 2 }));

  for (const key of [
    '__proto__',
    '\\u005f_proto__',
    '_\\u005Fproto__',
    '__\\u0070roto__',
    '\\u005f\\u005fproto\\u005f\\u005f',
  ])
    test(`drops ${key} at any depth`, () => {
      const value = decode(`{"${key}":{"admin":true},"b":{"${key}":{"admin":true}},"c":1}`);
      assert.deepEqual(Object.getOwnPropertyNames(value), ['b', 'c']);
      assert.deepEqual(Object.getOwnPropertyNames((value as { b: object }).b), []);
    });

  test('a thousand nested lists do no harm', () => {
    assert.ok(decode(`{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`));
  });
});

test('a fault is an object of __type and message', () =>
  assert.equal(
    encodeAwsJsonFault({ status: 400, type: 'a.b#C', message: 'say "no"' }),
    '{"__type":"a.b#C","message":"say \\"no\\""}',
  ));
