import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PolicyError } from '../../src/policy/document.ts';
import { type Role, rolePolicies } from '../../src/policy/roles.ts';

const READER = 'acs:ram::000000000000:role/reader';
const WRITER = 'arn:aws:iam::000000000000:role/writer';

const role = (arn: string, Action: string): Role => ({
  arn,
  policies: [{ Statement: { Effect: 'Allow', Action, Resource: '*' } }],
});

const mayDo = (roles: readonly Role[], strict: boolean, arn: string, action: string): boolean =>
  rolePolicies(roles, strict)(arn)?.({ action, resource: '*', context: {} }) ?? true;

test('a listed role may do what its own policies allow', () => {
  const roles = [role(READER, 'fc:*'), role(WRITER, 's3:PutObject')];
  for (const strict of [false, true]) {
    assert.equal(mayDo(roles, strict, READER, 'fc:InvokeFunction'), true);
    assert.equal(mayDo(roles, strict, READER, 's3:PutObject'), false);
    assert.equal(mayDo(roles, strict, WRITER, 's3:PutObject'), true);
  }
});

test('several policies of a role count together', () => {
  const [allow] = role(READER, '*').policies;
  const deny = { Statement: { Effect: 'Deny', Action: 'fc:*', Resource: '*' } };
  const roles = [{ arn: READER, policies: [allow, deny] }];
  assert.equal(mayDo(roles, false, READER, 'mns:SendMessage'), true);
  assert.equal(mayDo(roles, false, READER, 'fc:InvokeFunction'), false);
});

test('a role that is not listed may do everything, and nothing when roles are strict', () => {
  const roles = [role(READER, 'fc:*')];
  for (const arn of [WRITER, '']) {
    assert.equal(rolePolicies(roles, false)(arn), undefined);
    assert.equal(mayDo(roles, true, arn, 'fc:InvokeFunction'), false);
  }
});

test('a listed role without policies may do nothing', () => {
  assert.equal(mayDo([{ arn: READER, policies: [] }], false, READER, 'fc:InvokeFunction'), false);
});

test('names of objects of the language are no roles', () => {
  assert.equal(rolePolicies([], false)('constructor'), undefined);
});

test('a document that cannot be understood is refused', () => {
  assert.throws(() => rolePolicies([{ arn: READER, policies: [{ Statement: 1 }] }], false), PolicyError);
});
