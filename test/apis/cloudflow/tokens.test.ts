import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { readTaskToken, taskToken } from '../../../src/apis/cloudflow/tokens.ts';

const macUnder = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex');
const mac = macUnder('key');
const parts = { flow: 'f', executionName: 'e-1', executionId: 'x9', taskEventId: 12 };

test('a token names its task', () => {
  const token = taskToken(mac, parts);
  assert.match(Buffer.from(token, 'base64').toString(), /^v1#f#e-1#x9#12#[0-9a-f]{64}$/);
  assert.deepEqual(readTaskToken(mac, token), parts);
});

test('a token changed in any one character is none', () => {
  const token = taskToken(mac, parts);
  for (let place = 0; place < token.length; place++) {
    const other = token[place] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, place) + other + token.slice(place + 1);
    assert.equal(readTaskToken(mac, changed), undefined, `character ${place}`);
  }
});

const sealed = (text: string): string => Buffer.from(`${text}#${mac(text)}`).toString('base64');

/** Texts that are no tokens, some of them with a genuine MAC. */
const strangers = [
  '',
  '#',
  'not base64 at all!',
  taskToken(macUnder('another key'), parts),
  `${taskToken(mac, parts)} `,
  sealed('v2#f#e-1#x9#12'),
  sealed('v1#f#e-1#x9'),
  sealed('v1#f#e-1#x9#12#13'),
  sealed('v1#f#e-1#x9#012'),
  sealed('v1#f#e-1#x9#twelve'),
];

for (const [place, token] of strangers.entries()) {
  test(`text ${place} is no token`, () => {
    assert.equal(readTaskToken(mac, token), undefined);
  });
}
