import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Authentication, authenticateNobody } from '../../src/server/authenticate.ts';
import { openConnection } from '../support/raw-http.ts';
import { formText, signV1 } from '../support/sign-alibaba.ts';
import { FORM, HOST, named, SIGNING, startTinyRpc } from '../support/tiny-rpc.ts';
import { createRandom, type Random } from './mutate.ts';

/** Few by default, thousands by hand. */
const ROUNDS = Number(process.env.ORRERY_FUZZ_ROUNDS ?? 40) * 10;
const SEED = Number(process.env.ORRERY_FUZZ_SEED ?? 1);

/** Pieces in which decoders go wrong. */
const PIECES = [
  ...[
    '%',
    '%%',
    '%2',
    '%zz',
    '%00',
    '%ff',
    '%C3%28',
    '%ED%A0%80',
    '%F0%9F%98%80',
    '+',
    '&',
    '&&',
    '=',
    '==',
    '.1',
    '.0',
    '.x',
  ],
  ...[
    '{',
    '[',
    '%7B%22',
    '%22',
    'null',
    'true',
    '-1',
    '1e9',
    '99999999999999999999',
    '&Action=Echo',
    '&Text=',
    '__proto__',
  ],
  ...[
    '&Things.1.Name=a',
    '&Things.2=',
    '&Things=%5B%5D',
    '&RequestId=%0d%0a',
    '&Signature=',
    '&Wait=',
    'é',
    '\xff',
    '\u0001',
    ';',
    '#',
    '?',
  ],
  '['.repeat(5_000),
  '&a'.repeat(1_500),
];

const CODES = new Set([
  'InvalidArgument',
  'MissingRequiredParams',
  'MissingRequiredHeader',
  'ActionNotSupported',
  'APIVersionNotSupported',
  'InvalidAccessKeyID',
  'RequestTimeTooSkewed',
  'SignatureNotMatch',
  'SignatureNonceUsed',
  'UnsupportedMediaType',
]);

const things = JSON.stringify([{ Name: 'a', Weight: 1 }]);
const SAMPLE = named('Echo', { Text: 'a b', Wait: '5', Loud: 'true', Things: things, Note: 'é' });
const FLAT = named('Echo', { Text: 'a', 'Things.1.Name': 'x', 'Things.1.Weight': '2' });

function spoil(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const gone = random() < 0.5 ? Math.floor(random() * 4) : 0;
  const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
  return text.slice(0, at) + piece + text.slice(at + gone);
}

/** A request whose head is well formed, whatever its parameters are. */
function request(parameters: string, random: Random): string {
  const kind = random();
  if (kind < 0.4) {
    const query = encodeURI(parameters.slice(0, 8_000)).replaceAll('%25', '%').replaceAll('#', '%23');
    return `GET /?${query} HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`;
  }
  const json = kind > 0.9;
  const type = json ? 'application/json' : FORM;
  const signed = json
    ? 'authorization: ACS3-HMAC-SHA256 x\r\nx-acs-action: Echo\r\nx-acs-version: 2019-03-15\r\n'
    : '';
  const length = Buffer.byteLength(parameters);
  return `POST / HTTP/1.1\r\nhost: ${HOST}\r\ncontent-type: ${type}\r\n${signed}content-length: ${length}\r\n\r\n${parameters}`;
}

async function bombard(t: TestContext, authentication?: Authentication): Promise<void> {
  const server = await startTinyRpc(t, authentication === undefined ? {} : { authentication });
  const random = createRandom(SEED);
  const samples = [SAMPLE, FLAT, signV1('POST', SAMPLE, { ...SIGNING, nonce: 'n' })].map(formText);
  samples.push(JSON.stringify({ Text: 'a', Things: [{ Name: 'b' }], Wait: 1 }));
  for (let round = 0; round < ROUNDS; round++) {
    let text = samples[round % samples.length] ?? '';
    for (let times = Math.ceil(random() * 3); times > 0; times--) text = spoil(text, random);
    const sent = request(text, random);
    const connection = await openConnection(server.listening.port);
    connection.send(sent);
    const { status, body } = await connection.receive();
    connection.socket.destroy();
    const about = `seed ${SEED}, round ${round}: ${status} ${body}\n${sent.slice(0, 600)}`;
    assert.ok(status < 500, about);
    if (status !== 200 && body.includes('"HostId"')) assert.ok(CODES.has(JSON.parse(body).Code), about);
  }
  assert.deepEqual(server.logged, []);
}

test('spoilt requests that must be signed are refused in the vendor’s words', (t) => bombard(t));

test('spoilt requests of anybody are understood or refused in the vendor’s words', (t) =>
  bombard(t, authenticateNobody('000000000000', 'cn-hangzhou')));
