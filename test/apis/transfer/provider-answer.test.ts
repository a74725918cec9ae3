import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IdentifiedUser } from '../../../src/apis/transfer/identity/identified-user.ts';
import { readAnswer } from '../../../src/apis/transfer/identity/provider-answer.ts';
import type { Server } from '../../../src/apis/transfer/resources/documents.ts';

const ROLE = 'arn:aws:iam::123456789012:role/transfer';

const server = (Domain: Server['Domain']): Server => ({
  id: 's-0123456789abcdef0',
  createdAt: 0,
  isStarted: true,
  Domain,
  Protocols: ['SFTP'],
  IdentityProviderType: 'AWS_LAMBDA',
  EndpointType: 'PUBLIC',
  SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  Tags: [],
});

interface Asking {
  readonly password?: string;
  readonly domain?: Server['Domain'];
}

function read(answer: unknown, { password, domain = 'S3' }: Asking = {}) {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const question = { userName: 'alice', password, protocol: 'SFTP', sourceIp: '' };
  return readAnswer({ text, url: 'u', statusCode: 200 }, server(domain), question);
}

const policy = (resource: string): string =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: resource } });

const USERS: readonly (readonly [answer: object, user: Partial<IdentifiedUser>, asking?: Asking])[] = [
  [{}, { homeDirectoryType: 'PATH', publicKeys: [] }],
  [
    { HomeDirectory: '/b/a', HomeDirectoryType: 'PATH', Policy: '' },
    { homeDirectory: '/b/a', policy: undefined },
  ],
  [{ HomeDirectory: null, Policy: null, PosixProfile: null, PublicKeys: null }, { publicKeys: [] }],
  [{ PublicKeys: ['ssh-rsa x', 'nonsense'] }, { publicKeys: ['ssh-rsa x', 'nonsense'] }],
  [{ PublicKeys: [] }, { publicKeys: [] }, { password: 'x' }],
  [{ PublicKeys: ['k'] }, { publicKeys: ['k'] }, { password: '' }],
  [
    {
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryDetails: `[{"Entry":"/","Target":"/b/\${transfer:UserName}"}]`,
    },
    {
      homeDirectoryType: 'LOGICAL',
      homeDirectoryMappings: [{ Entry: '/', Target: `/b/\${transfer:UserName}` }],
    },
  ],
  [
    { PosixProfile: { Uid: 0, Gid: 4294967295 } },
    { posixProfile: { Uid: 0, Gid: 4294967295, SecondaryGids: [] } },
    { domain: 'EFS' },
  ],
  [
    { Policy: policy(`arn:aws:s3:::\${transfer:HomeBucket}/*`), Unknown: { ignored: true } },
    { policy: policy(`arn:aws:s3:::\${transfer:HomeBucket}/*`) },
  ],
];

test('what a provider says of a user is taken over', () => {
  for (const [answer, expected, asking] of USERS) {
    const { user, message, response, statusCode, url } = read({ Role: ROLE, ...answer }, asking);
    assert.deepEqual([message, statusCode, url], ['', 200, 'u']);
    assert.deepEqual(JSON.parse(response), { Role: ROLE, ...answer });
    assert.equal(user?.role, ROLE);
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(user?.[name as keyof IdentifiedUser], value, name);
  }
});

const details = (value: unknown) => ({
  HomeDirectoryType: 'LOGICAL',
  HomeDirectoryDetails: typeof value === 'string' ? value : JSON.stringify(value),
});

const REFUSED: readonly (readonly [answer: unknown, why: RegExp, asking?: Asking])[] = [
  ['{}', /refuses the user/],
  ['null', /refuses the user/],
  [{ Role: '' }, /refuses the user/],
  ['', /not JSON/],
  ['[]', /not an object/],
  ['7', /not an object/],
  [{ Role: 7 }, /Role is not a text/],
  [{ Role: 'transfer' }, /Role is not the ARN/],
  [{ Role: ROLE, HomeDirectory: 'b' }, /HomeDirectory/],
  [{ Role: ROLE, HomeDirectory: ['/b'] }, /HomeDirectory is not a text/],
  [{ Role: ROLE, HomeDirectoryType: 'HOME' }, /neither PATH nor LOGICAL/],
  [
    { Role: ROLE, HomeDirectoryDetails: '[{"Entry":"/","Target":"/b"}]' },
    /needs the HomeDirectoryType LOGICAL/,
  ],
  [{ Role: ROLE, HomeDirectoryType: 'LOGICAL' }, /HomeDirectoryDetails is missing/],
  [
    { Role: ROLE, HomeDirectoryType: 'LOGICAL', HomeDirectoryDetails: [{ Entry: '/', Target: '/b' }] },
    /not a text/,
  ],
  [{ Role: ROLE, ...details('[') }, /not JSON/],
  [{ Role: ROLE, ...details({}) }, /not a list/],
  [{ Role: ROLE, ...details([{ Entry: '/' }]) }, /not a list of Entry and Target/],
  [
    { Role: ROLE, ...details([{ Entry: '/', Target: '/b', Type: 'LINK' }]) },
    /not a list of Entry and Target/,
  ],
  [{ Role: ROLE, ...details([]) }, /at least one/],
  [{ Role: ROLE, ...details([{ Entry: '/', Target: '/b/' }]) }, /Target/],
  [{ Role: ROLE, ...details([{ Entry: '/a\0', Target: '/b' }]) }, /An Entry holds NUL/],
  [{ Role: ROLE, ...details([{ Entry: '/a', Target: '/b\ud800' }]) }, /A Target holds NUL or half/],
  [{ Role: ROLE, HomeDirectory: '/b\0' }, /HomeDirectory holds NUL/],
  [{ Role: ROLE, Policy: '{' }, /Policy/],
  [{ Role: ROLE, Policy: policy(`\${transfer:Elsewhere}`) }, /not available/],
  [{ Role: ROLE, Policy: {} }, /Policy is not a text/],
  [{ Role: ROLE, PosixProfile: [] }, /PosixProfile/],
  [{ Role: ROLE, PosixProfile: { Uid: '0', Gid: 0 } }, /no Uid and Gid/],
  [{ Role: ROLE, PosixProfile: { Uid: 0, Gid: 4294967296 } }, /no Uid and Gid/],
  [{ Role: ROLE, PosixProfile: { Uid: 0, Gid: 0, SecondaryGids: 'x' } }, /SecondaryGids/],
  [{ Role: ROLE }, /PosixProfile is required/, { domain: 'EFS' }],
  [{ Role: ROLE, PublicKeys: 'ssh-rsa x' }, /PublicKeys is not a list/],
  [{ Role: ROLE, PublicKeys: [7] }, /PublicKeys is not a list/],
  [{ Role: ROLE, PublicKeys: ['ssh-rsa x'] }, /must not answer a password/, { password: 'x' }],
];

test('an answer that cannot be understood refuses the login', () => {
  for (const [answer, why, asking] of REFUSED) {
    const { user, message, response } = read(answer, asking);
    assert.equal(user, undefined, JSON.stringify(answer));
    assert.match(message, why);
    assert.equal(response, '');
  }
});
