import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PolicyError, type Question } from '../../src/policy/document.ts';
import { compilePattern } from '../../src/policy/pattern.ts';
import { compilePolicies } from '../../src/policy/policy.ts';

const QUESTION: Question = {
  action: 'swf:StartWorkflowExecution',
  resource: 'arn:aws:swf:us-east-1:000000000000:/domain/orders',
  context: {},
};

type Statement = Record<string, unknown>;
const all = { Effect: 'Allow', Action: '*', Resource: '*' };

const allows = (statements: readonly Statement[], question: Partial<Question> = {}): boolean | undefined =>
  compilePolicies([{ Version: '2012-10-17', Statement: statements }])?.({ ...QUESTION, ...question });

describe('effects', () => {
  test('no policy means full access', () => assert.equal(compilePolicies([]), undefined));
  test('a policy without statements denies', () => assert.equal(allows([]), false));
  test('what no statement allows is denied', () =>
    assert.equal(allows([{ ...all, Action: 'swf:ListDomains' }]), false));
  test('deny wins, wherever it stands', () => {
    const deny = { Effect: 'Deny', Action: 'swf:Start*', Resource: '*' };
    assert.equal(allows([all, deny]), false);
    assert.equal(allows([deny, all]), false);
    assert.equal(allows([all, deny], { action: 'swf:ListDomains' }), true);
  });
  test('a deny of one policy wins over an allow of another', () => {
    const decide = compilePolicies([{ Statement: all }, { Statement: { ...all, Effect: 'Deny' } }]);
    assert.equal(decide?.(QUESTION), false);
  });
  test('a single statement need not be in a list', () =>
    assert.equal(compilePolicies([{ Statement: all }])?.(QUESTION), true));
});

describe('actions and resources', () => {
  const arn = QUESTION.resource;
  const table: readonly [string, Statement, boolean][] = [
    ['an action in another case', { Action: 'SWF:startworkflowexecution', Resource: '*' }, true],
    ['one of several actions', { Action: ['swf:ListDomains', 'swf:Start*'], Resource: '*' }, true],
    ['a wildcard in the service', { Action: '*:*', Resource: '*' }, true],
    ['a question mark', { Action: 'swf:StartWorkflowExecutio?', Resource: '*' }, true],
    ['a question mark is one character', { Action: 'swf:StartWorkflowExecution?', Resource: '*' }, false],
    ['another service', { Action: 'sqs:*', Resource: '*' }, false],
    ['NotAction of another', { NotAction: 'swf:List*', Resource: '*' }, true],
    ['NotAction of this', { NotAction: ['swf:List*', 'swf:Start*'], Resource: '*' }, false],
    ['the resource itself', { Action: '*', Resource: arn }, true],
    ['a resource in another case', { Action: '*', Resource: arn.toUpperCase().replace('ARN', 'arn') }, false],
    ['a wildcard across parts', { Action: '*', Resource: 'arn:aws:swf:*:/domain/ord*' }, true],
    ['another domain', { Action: '*', Resource: 'arn:aws:swf:*:*:/domain/other' }, false],
    ['NotResource of another', { Action: '*', NotResource: 'arn:aws:swf:*:*:/domain/other' }, true],
    ['NotResource of this', { Action: '*', NotResource: ['arn:aws:swf:*:*:/domain/o*'] }, false],
  ];
  for (const [title, statement, expected] of table)
    test(title, () => assert.equal(allows([{ Effect: 'Allow', ...statement }]), expected));
});

describe('conditions', () => {
  type Row = readonly [
    operator: string,
    wanted: unknown,
    given: string | readonly string[] | undefined,
    expected: boolean,
  ];
  const table: readonly Row[] = [
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a', undefined, false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', 'a', undefined, true],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringLike', 'o?der-*', 'order-7', true],
    ['StringLike', 'order-?', 'order-', false],
    ['StringNotLike', 'order-*', 'order-7', false],
    ['StringNotLike', 'order-*', 'x', true],
    ['ArnLike', 'arn:aws:swf:*', 'arn:aws:swf:x', true],
    ['ArnNotEquals', 'arn:aws:swf:*', 'arn:aws:swf:x', false],
    ['NumericEquals', 5, '5.0', true],
    ['NumericEquals', '5', '6', false],
    ['NumericNotEquals', '5', '6', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericEquals', '5', 'five', false],
    ['NumericEquals', '0', '', false],
    ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '1767225601', true],
    ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', true],
    ['DateNotEquals', '2026-01-01T00:00:00Z', '1767225600', false],
    ['Bool', true, 'true', true],
    ['Bool', 'TRUE', 'false', false],
    ['IpAddress', '10.0.0.0/8', '10.255.0.1', true],
    ['IpAddress', '10.0.0.0/8', '11.0.0.1', false],
    ['IpAddress', ['11.0.0.0/8', '10.0.0.1'], '10.0.0.1', true],
    ['IpAddress', '10.0.0.1/32', '10.0.0.2', false],
    ['IpAddress', '0.0.0.0/0', '203.0.113.7', true],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['IpAddress', '2001:db8::/32', '2001:DB8:0::7', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::7', false],
    ['IpAddress', 'fe80::/10', 'fe80::1%eth0', true],
    ['IpAddress', '10.0.0.0/8', undefined, false],
    ['IpAddress', '10.0.0.0/8', '', false],
    ['NotIpAddress', '10.0.0.0/8', '10.0.0.1', false],
    ['NotIpAddress', ['10.0.0.0/8', '11.0.0.0/8'], '12.0.0.1', true],
    ['NotIpAddress', '10.0.0.0/8', undefined, true],
    ['IpAddressIfExists', '10.0.0.0/8', undefined, true],
    ['Null', 'true', undefined, true],
    ['Null', true, 'x', false],
    ['Null', false, 'x', true],
    ['Null', 'false', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['NumericLessThanIfExists', '5', undefined, true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x'], false],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['ForAnyValue:StringEquals', ['a'], [], false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'x'], false],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
    ['ForAllValues:StringEqualsIfExists', ['a'], ['x'], false],
    ['StringEquals', 'a', ['x', 'a'], true],
    ['StringNotEquals', 'a', ['x', 'a'], false],
  ];
  for (const [operator, wanted, given, expected] of table)
    test(`${operator} ${JSON.stringify(wanted)} of ${JSON.stringify(given)} is ${expected}`, () => {
      const context = given === undefined ? {} : { 'swf:tagList.member.1': given };
      assert.equal(
        allows([{ ...all, Condition: { [operator]: { 'swf:tagList.member.1': wanted } } }], { context }),
        expected,
      );
    });

  test('all operators and keys must hold', () => {
    const Condition = {
      StringEquals: { 'swf:name': 'a', 'swf:version': '1' },
      Bool: { 'aws:SecureTransport': 'true' },
    };
    const context = { 'swf:name': 'a', 'swf:version': '1', 'aws:SecureTransport': 'true' };
    assert.equal(allows([{ ...all, Condition }], { context }), true);
    for (const name of Object.keys(context))
      assert.equal(allows([{ ...all, Condition }], { context: { ...context, [name]: 'x' } }), false, name);
  });

  test('keys are compared without regard to case', () =>
    assert.equal(
      allows([{ ...all, Condition: { StringEquals: { 'SWF:Name': 'a' } } }], {
        context: { 'swf:name': 'a' },
      }),
      true,
    ));

  test('a key that every object has is absent', () =>
    assert.equal(allows([{ ...all, Condition: { Null: { constructor: 'true' } } }]), true));
});

describe('documents in the form of RAM', () => {
  const started = (name: string) => ({
    action: 'fnf:StartExecution',
    resource: `acs:fnf:eu-north-1:000000000000:flow/${name}`,
    context: { 'acs:SourceIp': '10.0.0.1' },
  });
  const table: readonly [string, object, boolean][] = [
    ['any flow', { Action: 'fnf:*', Resource: '*' }, true],
    ['this flow anywhere', { Action: ['fnf:StartExecution'], Resource: ['acs:fnf:*:*:flow/orders'] }, true],
    ['flows of a prefix', { Action: 'fnf:Start*', Resource: 'acs:fnf:*:*:flow/ord*' }, true],
    ['another flow', { Action: 'fnf:*', Resource: 'acs:fnf:*:*:flow/invoices' }, false],
    ['another region', { Action: 'fnf:*', Resource: 'acs:fnf:cn-hangzhou:*:flow/orders' }, false],
    ['another action', { Action: 'fnf:Describe*', Resource: '*' }, false],
    ['a condition', { ...all, Condition: { StringEquals: { 'acs:SourceIp': ['10.0.0.1'] } } }, true],
    [
      'a condition that fails',
      { ...all, Condition: { StringEquals: { 'acs:SourceIp': '10.0.0.2' } } },
      false,
    ],
  ];
  for (const version of ['1', 1])
    for (const [title, statement, expected] of table)
      test(`${title}, version ${JSON.stringify(version)}`, () => {
        const decide = compilePolicies([
          { Version: version, Statement: [{ ...statement, Effect: 'Allow' }] },
        ]);
        assert.equal(decide?.(started('orders')), expected);
      });
});

describe('documents that are refused', () => {
  const table: readonly [string, unknown, string][] = [
    ['no object', [], 'policy: must be an object'],
    ['no statement', { Version: '2012-10-17' }, 'Statement: is missing'],
    [
      'an unknown version',
      { Version: '2020-01-01', Statement: [] },
      'Version: must be one of 2012-10-17, 2008-10-17, 1',
    ],
    ['an unknown element', { Statement: [], Statment: [] }, 'Statment: is not a known element'],
    [
      'an unknown effect',
      { Statement: [{ ...all, Effect: 'allow' }] },
      'Statement[0].Effect: must be Allow or Deny',
    ],
    [
      'no action',
      { Statement: [all, { Effect: 'Allow', Resource: '*' }] },
      'Statement[1]: must have either Action or NotAction',
    ],
    [
      'both resources',
      { Statement: { ...all, NotResource: '*' } },
      'Statement: must have either Resource or NotResource',
    ],
    ['an empty list', { Statement: { ...all, Action: [] } }, 'Statement.Action: must not be empty'],
    [
      'an action without service',
      { Statement: { ...all, Action: 'Start' } },
      "Statement.Action[0]: 'Start' is not an action like swf:StartWorkflowExecution",
    ],
    [
      'a resource that is no ARN',
      { Statement: { ...all, Resource: ['*', 'orders'] } },
      "Statement.Resource[1]: 'orders' is neither an ARN like arn:… or acs:… nor *",
    ],
    ['a principal', { Statement: { ...all, Principal: '*' } }, 'Statement.Principal: is not a known element'],
    [
      'an unknown operator',
      { Statement: { ...all, Condition: { StringSame: { a: 'b' } } } },
      'Statement.Condition.StringSame.a: StringSame is not a known condition operator',
    ],
    ...['10.0.0.0/33', '10.0.0', 'example.com', '10.0.0.*'].map((network): [string, unknown, string] => [
      `${network} for a network`,
      { Statement: { ...all, Condition: { IpAddress: { 'aws:SourceIp': network } } } },
      `Statement.Condition.IpAddress.aws:SourceIp: '${network}' is no value for IpAddress`,
    ]),
    [
      'a number that is none',
      { Statement: { ...all, Condition: { NumericEquals: { a: 'b' } } } },
      "Statement.Condition.NumericEquals.a: 'b' is no value for NumericEquals",
    ],
    [
      'a date that is none',
      { Statement: { ...all, Condition: { DateEquals: { a: 'b' } } } },
      "Statement.Condition.DateEquals.a: 'b' is no value for DateEquals",
    ],
    [
      'a null that is none',
      { Statement: { ...all, Condition: { Null: { a: 'b' } } } },
      'Statement.Condition.Null.a: Null takes true or false',
    ],
    [
      'a variable',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable of a policy
      { Statement: { ...all, Resource: 'arn:aws:swf:::${aws:username}' } },
      'Statement.Resource[0]: policy variables are not supported',
    ],
    [
      'a value of another kind',
      { Statement: { ...all, Action: [{}] } },
      'Statement.Action[0]: must be a string',
    ],
  ];
  for (const [title, document, message] of table)
    test(title, () => assert.throws(() => compilePolicies([document]), new PolicyError(...parts(message))));

  function parts(message: string): [(string | number)[], string] {
    const colon = message.indexOf(': ');
    const path = message.slice(0, colon);
    const names = path === 'policy' ? [] : (path.match(/[^.[\]]+/g) ?? []);
    return [names.map((name) => (/^\d+$/.test(name) ? Number(name) : name)), message.slice(colon + 2)];
  }
});

test('wildcards stay quick on texts made to slow them down', () => {
  const matches = compilePattern(`${'*a'.repeat(50)}b`, { ignoreCase: false });
  assert.equal(matches('a'.repeat(5_000)), false);
  for (const [pattern, text, expected] of [
    ['*', '', true],
    ['?', '', false],
    ['a*b*c', 'abbbc', true],
    ['a*b*c', 'acb', false],
    ['**', 'x', true],
    ['*a', 'aab', false],
  ] as const)
    assert.equal(compilePattern(pattern, { ignoreCase: false })(text), expected, `${pattern} ${text}`);
});
