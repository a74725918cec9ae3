import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDestinations } from '../../src/http-client/destinations.ts';

interface Case {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly host: string;
  readonly addresses?: readonly string[];
  readonly refused?: RegExp;
}

const BLOCKED = /link-local or serves metadata/;

const CASES: readonly Case[] = [
  { host: 'api.example.com', addresses: ['203.0.113.1', '2001:db8::1'] },
  { host: '127.0.0.1', addresses: ['127.0.0.1'] },
  { host: 'localhost', addresses: ['::1', '127.0.0.1'] },
  { host: '10.0.0.1', addresses: ['10.0.0.1'] },
  { host: '169.254.169.254', addresses: ['169.254.169.254'], refused: BLOCKED },
  { host: '169.254.0.1', addresses: ['169.254.0.1'], refused: BLOCKED },
  { host: '::ffff:a9fe:a9fe', addresses: ['::ffff:a9fe:a9fe'], refused: BLOCKED },
  { host: '64:ff9b::a9fe:a9fe', addresses: ['64:ff9b::a9fe:a9fe'], refused: BLOCKED },
  { host: '2002:a9fe:a9fe::1', addresses: ['2002:a9fe:a9fe::1'], refused: BLOCKED },
  { host: 'fe80::1', addresses: ['fe80::1'], refused: BLOCKED },
  { host: 'zoned', addresses: ['fe80::1%lo'], refused: BLOCKED },
  { host: '100.100.100.200', addresses: ['100.100.100.200'], refused: BLOCKED },
  { host: 'fd00:ec2::254', addresses: ['fd00:ec2::254'], refused: BLOCKED },
  { host: 'sneaky', addresses: ['203.0.113.1', '169.254.169.254'], refused: BLOCKED },
  { deny: ['*.example.com'], host: 'a.example.com', refused: /a\.example\.com is denied/ },
  { deny: ['*.example.com'], host: 'example.com', addresses: ['203.0.113.1'] },
  { deny: ['Example.com'], host: 'EXAMPLE.com.', refused: /is denied/ },
  {
    deny: ['127.0.0.0/8', '::1'],
    host: 'x',
    addresses: ['127.9.9.9'],
    refused: /x \(127\.9\.9\.9\) is denied/,
  },
  { deny: ['127.0.0.0/8'], host: '0.0.0.0', addresses: ['0.0.0.0'], refused: /is denied/ },
  { deny: ['127.0.0.0/8'], host: '::', addresses: ['::'], refused: /is denied/ },
  { deny: ['10.0.0.0/8'], allow: ['10.0.0.1'], host: '10.0.0.1', addresses: ['10.0.0.1'], refused: /denied/ },
  { allow: ['api.example.com'], host: 'api.example.com', addresses: ['203.0.113.1'] },
  { allow: ['api.example.com'], host: 'b.example.com', addresses: ['203.0.113.1'], refused: /not among/ },
  { allow: ['api.example.com'], host: 'api.example.com', addresses: ['169.254.169.254'], refused: BLOCKED },
  { allow: ['10.0.0.0/8'], host: 'in', addresses: ['10.1.1.1'] },
  { allow: ['10.0.0.0/8'], host: 'in', addresses: ['10.1.1.1', '11.1.1.1'], refused: /11\.1\.1\.1/ },
  { allow: ['0.0.0.0/0'], host: 'm', addresses: ['169.254.169.254'], refused: BLOCKED },
  { allow: ['169.254.169.254'], host: 'm', addresses: ['169.254.169.254'] },
  { allow: ['169.254.169.254'], host: 'm', addresses: ['169.254.169.253'], refused: BLOCKED },
];

for (const { allow = [], deny = [], host, addresses = [], refused } of CASES) {
  test(`allow [${allow}], deny [${deny}]: ${host} at [${addresses}]`, () => {
    const refusal = createDestinations({ allow, deny }).refusal(host, addresses);
    if (refused === undefined) assert.equal(refusal, undefined);
    else assert.match(refusal ?? '', refused);
  });
}
