import { type Effects, Failed, follow, isTrue, matches, type Value } from './evaluation.ts';

/** What a whole execution has in common. */
interface Whole {
  readonly input: Value;
  global: Value;
  readonly effects: Effects;
}

/** Roots of expressions. */
interface Roots {
  readonly Input: Value;
  readonly Output?: Value;
  readonly error?: string;
}

/** The output of a flow of states; throws `Failed`. */
export function evaluateStates(definition: Value, input: Value, effects: Effects): Value {
  return runScope(definition, input, { input, global: {}, effects });
}

function runScope({ StartAt, States }: Value, given: Value, whole: Whole): Value {
  let value = given;
  let name = StartAt;
  while (true) {
    const state = States.find(({ Name }: Value) => Name === name);
    const { output, next } = runState(state, value, whole);
    value = output;
    if (next === undefined) return value;
    name = next;
  }
}

interface Ran {
  readonly output: Value;
  /** Absent at the end of the scope. */
  readonly next?: string;
}

function runState(state: Value, received: Value, whole: Whole): Ran {
  const Input = build(state.InputConstructor, { Input: received }, whole) ?? received;
  if (state.Type === 'Choice') {
    const branch = state.Branches.find(({ Condition }: Value) => isTrue(Condition, Input));
    return { output: Input, next: branch?.Next ?? state.Default };
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return finish(state, { Input, Output: work(state, Input, whole) }, whole);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const retry = (state.Retry ?? []).find(({ Errors }: Value) => matches(Errors, error.code));
      if (attempt <= (retry?.MaxAttempts ?? 0)) continue;
      const rule = (state.Catch ?? []).find(({ Errors }: Value) => matches(Errors, error.code));
      if (rule === undefined) throw error;
      const output = build(rule.OutputConstructor, { Input, error: error.code }, whole) ?? {};
      return { output, next: rule.Next };
    }
  }
}

function finish(state: Value, roots: Roots, whole: Whole): Ran {
  const output = build(state.OutputConstructor, roots, whole) ?? roots.Output;
  const written = build(state.GlobalConstructor, roots, whole);
  whole.global = { ...whole.global, ...written };
  return { output, next: state.Next };
}

function work(state: Value, Input: Value, whole: Whole): Value {
  switch (state.Type) {
    case 'Fail':
      throw new Failed(state.Code);
    case 'Task': {
      const { resourceArn, body } = build(state.Parameters, { Input }, whole);
      return { Body: whole.effects.call(resourceArn.split('/').at(-1), body) };
    }
    case 'Parallel': {
      const results = whole.effects.all(state.Branches, (branch) => runScope(branch, Input, whole));
      return Object.fromEntries(results.map((result, place) => [`Branch${place}`, result]));
    }
    case 'Map': {
      const items = evaluate(state.ItemsPath, { Input }, whole);
      return { Items: whole.effects.all(items, (item) => runScope(state.Processor, item, whole)) };
    }
    default:
      return Input;
  }
}

/** What a constructor builds; undefined without one. */
function build(template: Value, roots: Roots, whole: Whole): Value {
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item) => build(item, roots, whole));
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), evaluate(value as string, roots, whole)]
        : [key, build(value, roots, whole)],
    ),
  );
}

function evaluate(text: string, { Input, Output, error }: Roots, whole: Whole): Value {
  const [, root = '', path = ''] = /^\$(\w+)(.*)$/.exec(text) ?? [];
  const Context = { Execution: { Input: whole.input }, Current: { Error: { Code: error } } };
  const values: Value = { Input, Output, Context, Global: whole.global };
  return root === '' ? JSON.parse(text) : follow(values[root], path);
}
