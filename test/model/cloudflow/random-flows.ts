import fc from 'fast-check';
import type { Value } from './evaluation.ts';

type Shapes = fc.Arbitrary<Value>;

const KEYS = ['a', 'b', 'c'];
const ERRORS = ['BoomError', 'Bad', 'FnF.ALL', 'Other'];
const key = fc.constantFrom(...KEYS);
const errors = fc.subarray(ERRORS, { minLength: 1 });
const constant = fc.constantFrom<Value>(0, 1, 2, 'x', 'y', true, [1, 'x'], { a: 1 });

/** What executions are given. */
export const inputs: Shapes = fc.record({
  a: constant,
  b: constant,
  items: fc.array(fc.constantFrom<Value>(1, 'x', { a: 2, b: 'y' }), { maxLength: 3 }),
});

function conditions(root: string): fc.Arbitrary<string> {
  const compared = fc.constantFrom('== 1', '== "x"', '< 2', '>= 1', '== true');
  const one = fc.tuple(key, compared).map(([name, rest]) => `${root}.${name} ${rest}`);
  const joined = fc.tuple(one, fc.constantFrom(' && ', ' || '), one).map((parts) => parts.join(''));
  return fc.oneof(one, joined);
}

/** Names a list's members by their places; `@n` becomes a later one, or is left out with its key. */
function named(list: readonly Value[], nameKey: string): Value[] {
  return list.map((shape, place) => {
    const last = list.length - 1;
    const resolve = (owner: string, value: Value): Value => {
      if (typeof value !== 'string' || !/^@\d$/.test(value)) return value;
      const isNext = owner === 'Next' || owner === 'Default' || owner === 'goto';
      return isNext && place < last ? `s${place + 1 + (Number(value[1]) % (last - place))}` : undefined;
    };
    return { ...JSON.parse(JSON.stringify(shape, resolve)), [nameKey]: `s${place}` };
  });
}

const later = fc.nat(3).map((n) => `@${n}`);

function mappings(paths: readonly string[]): Shapes {
  const source = fc.oneof(constant, fc.constantFrom(...paths));
  return fc.uniqueArray(fc.record({ target: key, source }), {
    selector: ({ target }) => target,
    maxLength: 3,
  });
}

const ofInput = KEYS.map((name) => `$input.${name}`);
const ofLocal = KEYS.map((name) => `$local.${name}`);
const onInput = mappings([...ofInput, ...ofLocal, '$local']);
const onLocal = mappings([...ofInput, ...ofLocal, '$local', '$input.items[*].a']);
const onLocals = mappings(['$local', '$local[*].a', '$local[0].b', '$local[*].b[*]', '$input.a']);

function sometimes(
  fields: Readonly<Record<string, Shapes>>,
  required: Readonly<Record<string, Shapes>>,
): Shapes {
  return fc.record({ ...required, ...fields }, { requiredKeys: Object.keys(required) }) as Shapes;
}

const retries = (attempts: string, names: string) =>
  fc.array(fc.record({ [names]: errors, [attempts]: fc.nat(2) }), { maxLength: 2 });

const steps: readonly Shapes[] = [
  sometimes(
    { inputMappings: onInput, outputMappings: onLocal, end: fc.constant(true) },
    { type: fc.constant('pass') },
  ),
  sometimes({ outputMappings: onLocal }, { type: fc.constantFrom('pass', 'succeed') }),
  sometimes({ outputMappings: onLocal }, { type: fc.constant('wait'), duration: fc.constant(1) }),
  fc.record({ type: fc.constant('fail'), error: fc.constant('Bad') }),
  sometimes(
    {
      inputMappings: onInput,
      outputMappings: onLocal,
      errorMappings: fc.constant([{ target: 'c', source: '$local.error' }]),
      retry: retries('maxAttempts', 'errors'),
      catch: fc.array(fc.record({ errors, goto: later }), { maxLength: 2 }),
    },
    {
      type: fc.constant('task'),
      resourceArn: fc
        .constantFrom('echo', 'upper', 'boom')
        .map((name) => `acs:fc:::services/t/functions/${name}`),
    },
  ),
];

function stepLists(depth: number): fc.Arbitrary<Value[]> {
  const inner = depth === 0 ? undefined : stepLists(depth - 1);
  const containers = inner === undefined ? [] : stepContainers(inner);
  const one = fc.oneof(...steps, ...containers);
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((list) => withoutDeadEnds(named(list, 'name')));
}

/** Rules that lead nowhere are not rules, and without any no error is mapped. */
function withoutDeadEnds(list: Value[]): Value[] {
  return list.map((shape) => {
    const { catch: rules = [], errorMappings, ...rest } = shape;
    const left = rules.filter((rule: Value) => rule.goto !== undefined);
    return left.length === 0 ? rest : { ...rest, catch: left, ...(errorMappings && { errorMappings }) };
  });
}

function stepContainers(inner: fc.Arbitrary<Value[]>): Shapes[] {
  const option = { steps: inner, goto: later };
  return [
    sometimes(
      { outputMappings: onLocal, default: sometimes({ goto: later }, { steps: inner }) },
      {
        type: fc.constant('choice'),
        choices: fc.array(sometimes({ goto: option.goto }, { condition: conditions('$'), steps: inner }), {
          minLength: 1,
          maxLength: 2,
        }),
      },
    ),
    sometimes(
      { outputMappings: onLocals },
      {
        type: fc.constant('parallel'),
        branches: fc.array(fc.record({ steps: inner }), { minLength: 1, maxLength: 3 }),
      },
    ),
    sometimes(
      { outputMappings: onLocals },
      {
        type: fc.constant('foreach'),
        iterationMapping: fc.constant({ collection: '$.items', item: 'a', index: 'b' }),
        steps: inner,
      },
    ),
  ];
}

export const legacyFlows: Shapes = sometimes(
  { outputMappings: mappings([...ofInput, ...ofLocal, '$local']) },
  { version: fc.constant('v1'), type: fc.constant('flow'), steps: stepLists(2) },
);

function constructors(paths: readonly string[]): Shapes {
  const member = fc.oneof(
    fc.tuple(key, constant),
    fc.tuple(key, fc.constantFrom(...paths)).map(([name, path]) => [`${name}.$`, path] as const),
  );
  return fc
    .uniqueArray(member, { selector: ([name]) => name[0], minLength: 1, maxLength: 3 })
    .map((members) => Object.fromEntries(members));
}

const seen = ['$Input.a', '$Input.b', '$Input', '$Global.a', '$Context.Execution.Input.items', '2', '"z"'];
const onEntry = constructors(seen);
const onExit = constructors([...seen, '$Output.a', '$Output']);
const onCall = constructors([...seen, '$Output.Body', '$Output.Body.a']);
const nested = constructors(['$Output', '$Output.Branch0.a', '$Output.Items[*].a', '$Input.b']);
const onError = constructors(['$Context.Current.Error.Code', '$Input', '$Input.a']);

const interval = fc.constant(1);
const rules = {
  Retry: fc.array(fc.record({ Errors: errors, MaxAttempts: fc.nat(2), IntervalSeconds: interval }), {
    maxLength: 2,
  }),
  Catch: fc.array(sometimes({ OutputConstructor: onError }, { Errors: errors, Next: later }), {
    maxLength: 2,
  }),
};

const states: readonly Shapes[] = [
  sometimes(
    { InputConstructor: onEntry, OutputConstructor: onExit, Next: later },
    { Type: fc.constant('Pass') },
  ),
  sometimes({ OutputConstructor: onExit }, { Type: fc.constant('Succeed') }),
  sometimes({ InputConstructor: onEntry, Next: later }, { Type: fc.constant('Wait'), Seconds: interval }),
  fc.record({ Type: fc.constant('Fail'), Code: fc.constant('Bad') }),
  sometimes(
    { InputConstructor: onEntry, Next: later, ...rules },
    {
      Type: fc.constant('Task'),
      Action: fc.constant('FC:InvokeFunction'),
      OutputConstructor: onCall,
      Parameters: fc.constantFrom('echo', 'boom').map((name) => ({
        resourceArn: `acs:fc:::functions/${name}`,
        body: { 'a.$': '$Input.b', b: ['$Input', { 'c.$': '$Input' }] },
      })),
    },
  ),
];

/** Only outside of containers, where nobody writes at the same time. */
const writers: readonly Shapes[] = [
  sometimes(
    { Next: later },
    { Type: fc.constant('Pass'), GlobalConstructor: constructors(['$Input.a', '$Input.b']) },
  ),
  sometimes({}, { Type: fc.constant('Choice'), Branches: branchList(), Default: later }),
];

function branchList(): Shapes {
  return fc.array(fc.record({ Condition: conditions('$Input'), Next: later }), {
    minLength: 1,
    maxLength: 2,
  });
}

function scopes(depth: number, more: readonly Shapes[] = []): Shapes {
  const containers = depth === 0 ? [] : stateContainers(scopes(depth - 1));
  const one = fc.oneof(...states, ...more, ...containers);
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((list) => ({
    StartAt: 's0',
    States: named(list, 'Name').map(ended),
  }));
}

/** A state that leads nowhere is an end; a Choice without ways is none. */
function ended(state: Value): Value {
  const { Type, Catch, Next, Branches, Default } = state;
  if (Type === 'Choice' && Default === undefined) return { Type: 'Pass', Name: state.Name, End: true };
  if (Type === 'Choice') return { ...state, Branches: Branches.filter((branch: Value) => branch.Next) };
  const rest = Catch === undefined ? {} : { Catch: Catch.filter((rule: Value) => rule.Next) };
  const isEnd = Next === undefined && Type !== 'Fail' && Type !== 'Succeed';
  return { ...state, ...rest, ...(isEnd && { End: true }) };
}

function stateContainers(inner: Shapes): Shapes[] {
  const common = { InputConstructor: onEntry, OutputConstructor: nested, Next: later, ...rules };
  return [
    sometimes(common, {
      Type: fc.constant('Parallel'),
      Branches: fc.array(inner, { minLength: 1, maxLength: 3 }),
    }),
    sometimes(common, {
      Type: fc.constant('Map'),
      ItemsPath: fc.constantFrom('$Context.Execution.Input.items', '[1, 2]'),
      Processor: inner,
    }),
  ];
}

export const machines: Shapes = scopes(2, writers).map((scope) => ({
  Type: 'StateMachine',
  SpecVersion: 'v1',
  Name: 'f',
  ...scope,
}));
