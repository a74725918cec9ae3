import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPartOf, isWithin, meaningsOf, readAddress, readNetwork } from '../../src/lib/network.ts';

const WITHIN: readonly (readonly [network: string, address: string, expected: boolean])[] = [
  ['169.254.0.0/16', '169.254.169.254', true],
  ['169.254.0.0/16', '169.253.255.255', false],
  ['169.254.0.0/16', '::ffff:169.254.1.1', true],
  ['169.254.0.0/16', '::ffff:a9fe:101', true],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '10.1.2.4', false],
  ['10.1.2.3/8', '10.200.0.1', true],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '1.2.3.4', true],
  ['fe80::/10', 'febf::1%eth0', true],
  ['fe80::/10', 'fec0::1', false],
  ['fd00:ec2::254', 'fd00:0ec2:0:0:0:0:0:254', true],
  ['2001:db8::/32', '2001:db8:ffff::', true],
  ['1:2:3:4:5:6:7:8/127', '1:2:3:4:5:6:7:9', true],
];

for (const [network, address, expected] of WITHIN) {
  test(`${address} is ${expected ? '' : 'not '}in ${network}`, () => {
    const found = readNetwork(network);
    const bits = readAddress(address);
    assert(found !== undefined && bits !== undefined);
    assert.equal(isWithin(found, bits), expected);
  });
}

test('what is no address or network', () => {
  for (const text of ['', 'a', '1.2.3', '1.2.3.4/33', '::/129', '1.2.3.4/', '/8', '1.2.3.4/8/8', '::1::2'])
    assert.equal(readNetwork(text), undefined, text);
});

test('IPv4 addresses that IPv6 addresses stand for', () => {
  const expected = readAddress('169.254.169.254');
  const forms = [
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::169.254.169.254',
    '2002:a9fe:a9fe::1',
    '::169.254.169.254',
  ];
  for (const text of forms) assert.equal(meaningsOf(readAddress(text) ?? 0n).at(1), expected, text);
  assert.equal(meaningsOf(readAddress('2001:db8::1') ?? 0n).length, 1);
});

test('no address at all stands for the machine itself', () => {
  for (const text of ['0.0.0.0', '::', '::ffff:0.0.0.0'])
    for (const loopback of ['127.0.0.1', '::1'])
      assert(meaningsOf(readAddress(text) ?? -1n).includes(readAddress(loopback) ?? -1n), text);
});

test('a network is part of another when all its addresses are', () => {
  const isPart = (part: string, whole: string): boolean => {
    const [a, b] = [readNetwork(part), readNetwork(whole)];
    assert(a !== undefined && b !== undefined);
    return isPartOf(a, b);
  };
  assert.equal(isPart('169.254.169.254', '169.254.0.0/16'), true);
  assert.equal(isPart('169.254.0.0/16', '169.254.0.0/16'), true);
  assert.equal(isPart('169.0.0.0/8', '169.254.0.0/16'), false);
  assert.equal(isPart('10.0.0.0/24', '169.254.0.0/16'), false);
});
