import { isWithin, readAddress, readNetwork } from '../lib/network.ts';
import { compilePattern } from './pattern.ts';

export type Context = Readonly<Record<string, string | readonly string[]>>;
export type ConditionTest = (context: Context) => boolean;

/** Does one value of the request satisfy one value of the policy? */
type Test = (given: string) => boolean;

interface Operator {
  /** Compiles one value of the policy; undefined when it is not of the operator's kind. */
  readonly test: (wanted: string) => Test | undefined;
  /** A `Not…` operator holds when no value of the policy fits, and when the key is absent. */
  readonly negated: boolean;
}

export interface Condition {
  /** With its prefix and suffix, for example `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

const equals =
  (wanted: string): Test =>
  (given) =>
    given === wanted;

const equalsIgnoringCase = (wanted: string): Test => {
  const lower = wanted.toLowerCase();
  return (given) => given.toLowerCase() === lower;
};

const like = (wanted: string): Test => compilePattern(wanted, { ignoreCase: false });

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** ISO 8601, or epoch seconds. */
const toTime = (text: string): number =>
  /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);

type Compare = (given: number, wanted: number) => boolean;

const comparing =
  (read: (text: string) => number, compare: Compare) =>
  (wanted: string): Test | undefined => {
    const bound = read(wanted);
    return Number.isNaN(bound) ? undefined : (given) => compare(read(given), bound);
  };

const bool = (wanted: string): Test | undefined =>
  /^(?:true|false)$/i.test(wanted) ? equalsIgnoringCase(wanted) : undefined;

/** An address, or a network such as `10.0.0.0/8`; IPv4 is the same inside IPv6. */
const within = (wanted: string): Test | undefined => {
  const network = readNetwork(wanted);
  if (network === undefined) return undefined;
  return (given) => {
    const address = readAddress(given);
    return address !== undefined && isWithin(network, address);
  };
};

const COMPARISONS: Readonly<Record<string, Compare>> = {
  Equals: (given, wanted) => given === wanted,
  LessThan: (given, wanted) => given < wanted,
  LessThanEquals: (given, wanted) => given <= wanted,
  GreaterThan: (given, wanted) => given > wanted,
  GreaterThanEquals: (given, wanted) => given >= wanted,
};

const is = (test: Operator['test']): Operator => ({ test, negated: false });
const isNot = (test: Operator['test']): Operator => ({ test, negated: true });

const comparisons = (kind: string, read: (text: string) => number): [string, Operator][] => [
  ...Object.entries(COMPARISONS).map(([name, compare]): [string, Operator] => [
    `${kind}${name}`,
    is(comparing(read, compare)),
  ]),
  [`${kind}NotEquals`, isNot(comparing(read, (given, wanted) => given === wanted))],
];

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(equals)],
  ['StringNotEquals', isNot(equals)],
  ['StringEqualsIgnoreCase', is(equalsIgnoringCase)],
  ['StringNotEqualsIgnoreCase', isNot(equalsIgnoringCase)],
  ['StringLike', is(like)],
  ['StringNotLike', isNot(like)],
  ['ArnEquals', is(like)],
  ['ArnLike', is(like)],
  ['ArnNotEquals', isNot(like)],
  ['ArnNotLike', isNot(like)],
  ['Bool', is(bool)],
  ['IpAddress', is(within)],
  ['NotIpAddress', isNot(within)],
  ...comparisons('Numeric', toNumber),
  ...comparisons('Date', toTime),
]);

/** Compiles one line of a Condition block; `refuse` throws. Keys are compared without regard to case. */
export function compileCondition(condition: Condition, refuse: (reason: string) => never): ConditionTest {
  const { operator, wanted } = condition;
  const [, set, bare = '', optional] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const read = compileKey(condition.key);
  if (bare === 'Null') return compileNull(read, condition, refuse);
  const known = OPERATORS.get(bare) ?? refuse(`${operator} is not a known condition operator`);
  const tests = wanted.map((value) => known.test(value) ?? refuse(`'${value}' is no value for ${operator}`));
  const fits: Test = (given) => tests.some((test) => test(given)) !== known.negated;
  const whenAbsent = optional !== undefined || (set === undefined ? known.negated : set === 'ForAllValues');
  return (context) => {
    const given = read(context);
    if (given === undefined || given.length === 0) return whenAbsent;
    if (typeof given === 'string') return fits(given);
    // Without a set operator a key with several values must not let one of them slip past a `Not…`.
    return set === 'ForAllValues' || (set === undefined && known.negated)
      ? given.every(fits)
      : given.some(fits);
  };
}

/** `Null: { key: true }` holds when the key is absent, false when it is present. */
function compileNull(read: KeyValue, condition: Condition, refuse: (reason: string) => never): ConditionTest {
  const absent = condition.wanted.map((value) =>
    /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : refuse('Null takes true or false'),
  );
  return (context) => absent.includes(read(context) === undefined);
}

type KeyValue = (context: Context) => string | readonly string[] | undefined;

function compileKey(key: string): KeyValue {
  const lower = key.toLowerCase();
  return (context) => {
    if (Object.hasOwn(context, key)) return context[key];
    for (const name of Object.keys(context)) if (name.toLowerCase() === lower) return context[name];
    return undefined;
  };
}
