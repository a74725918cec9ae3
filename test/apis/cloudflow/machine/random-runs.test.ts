import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { states, steps } from './definitions.ts';
import type { FlowRun } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';
import { checkHistory } from './invariants.ts';

const ERRORS = ['BoomError', 'TransientError', 'FnF.ALL', 'FnF.TaskTimeout', 'FnF.Timeout', 'No'];
const FUNCTIONS = ['echo', 'boom', 'flaky', 'scalar'];

type Shape = fc.Arbitrary<JsonObject>;

/** Lists of steps whose names are their places, so that any of them can be gone to. */
function stepList(depth: number): fc.Arbitrary<JsonObject[]> {
  return fc.array(step(depth), { minLength: 1, maxLength: 4 }).map((list) => list.map(named('name')));
}

function named(key: string): (shape: JsonObject, place: number, list: readonly unknown[]) => JsonObject {
  return (shape, place, list) => {
    const text = JSON.stringify(shape).replaceAll(/"@(\d+)"/g, (_, n) => `"s${Number(n) % list.length}"`);
    return { ...(JSON.parse(text) as JsonObject), [key]: `s${place}` };
  };
}

const place = fc.nat(3).map((n) => `@${n}`);

function step(depth: number): Shape {
  const plain: Shape[] = [
    fc.constant({ type: 'pass' }),
    fc.record({ type: fc.constant('wait'), duration: fc.nat(5) }),
    fc.constant({ type: 'succeed' }),
    fc.record({ type: fc.constant('fail'), error: fc.constantFrom(...ERRORS) }),
    task,
    task,
  ];
  if (depth === 0) return fc.oneof(...plain);
  const inner = stepList(depth - 1);
  const option = fc.record({ steps: inner, goto: place }, { requiredKeys: ['steps'] });
  const condition = fc.constantFrom('$.i == 1', '$.items[0] == 1', '1 == 2');
  return fc.oneof(
    ...plain,
    fc.record({
      type: fc.constant('choice'),
      choices: fc.array(
        fc.tuple(condition, option).map(([c, o]) => ({ condition: c, ...o })),
        { minLength: 1, maxLength: 2 },
      ),
      default: option,
    }),
    fc.record({
      type: fc.constant('parallel'),
      branches: fc.array(fc.record({ steps: inner }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('foreach'),
      iterationMapping: fc.constant({ collection: '$.items', item: 'i' }),
      steps: inner,
    }),
  ) as Shape;
}

const task: Shape = fc
  .record(
    {
      type: fc.constant('task'),
      resourceArn: fc.constantFrom(...FUNCTIONS).map((name) => `acs:fc:::services/t/functions/${name}`),
      pattern: fc.constantFrom('requestResponse', 'waitForCallback', 'sync'),
      timeoutSeconds: fc.integer({ min: 1, max: 9 }),
      retry: fc.array(fc.record({ errors: fc.subarray(ERRORS, { minLength: 1 }), maxAttempts: fc.nat(2) }), {
        maxLength: 2,
      }),
      catch: fc.array(fc.record({ errors: fc.subarray(ERRORS, { minLength: 1 }), goto: place }), {
        minLength: 1,
        maxLength: 2,
      }),
    },
    { requiredKeys: ['type', 'resourceArn'] },
  )
  .map((shape) => shape as JsonObject);

function stateList(depth: number): fc.Arbitrary<JsonObject[]> {
  return fc.array(state(depth), { minLength: 1, maxLength: 4 }).map((list) => list.map(named('Name')));
}

const next = fc.oneof(
  fc.constant({ End: true }),
  place.map((Next) => ({ Next })),
);

const rules = fc.record(
  {
    Retry: fc.array(
      fc.record({
        Errors: fc.subarray(ERRORS, { minLength: 1 }),
        MaxAttempts: fc.nat(2),
        IntervalSeconds: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 2 },
    ),
    Catch: fc.array(fc.record({ Errors: fc.subarray(ERRORS, { minLength: 1 }), Next: place }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);

function state(depth: number): Shape {
  const call = fc.record(
    {
      Type: fc.constant('Task'),
      Action: fc.constant('FC:InvokeFunction'),
      Parameters: fc
        .constantFrom(...FUNCTIONS)
        .map((name) => ({ resourceArn: `acs:fc:::functions/${name}` })),
      TaskMode: fc.constantFrom('RequestComplete', 'WaitForCustomCallback', 'WaitForSystemCallback'),
      Timeout: fc.nat(9),
    },
    { requiredKeys: ['Type', 'Action', 'Parameters'] },
  );
  const plain = [
    joined(fc.constant({ Type: 'Pass', GlobalConstructor: { 'last.$': '$Context.Current.Name' } }), next),
    joined(fc.record({ Type: fc.constant('Wait'), Seconds: fc.integer({ min: 1, max: 5 }) }), next),
    fc.constant({ Type: 'Succeed' }),
    fc.record({ Type: fc.constant('Fail'), Code: fc.constantFrom(...ERRORS) }),
    joined(call, next, rules),
    joined(call, next, rules),
    fc.record({
      Type: fc.constant('Choice'),
      Branches: fc.tuple(fc.record({ Condition: fc.constant('$Global.last == "s1"'), Next: place })),
      Default: place,
    }),
  ] as Shape[];
  if (depth === 0) return fc.oneof(...plain);
  const inner = stateList(depth - 1).map((States) => ({ StartAt: 's0', States }));
  const parallel = fc.record({
    Type: fc.constant('Parallel'),
    Branches: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });
  const map = fc.record({
    Type: fc.constant('Map'),
    ItemsPath: fc.constantFrom('$Context.Execution.Input.items', '[1, 2]'),
    Processor: inner,
    MaxConcurrency: fc.integer({ min: 1, max: 2 }),
  });
  const distribution = fc.record({
    ProcessorConfig: fc.constant({ ExecutionMode: 'Standard' }),
    ToleratedFailureCount: fc.nat(2),
  });
  return fc.oneof(
    ...plain,
    joined(parallel, next, rules),
    joined(map, next, rules),
    joined(map, distribution, next, rules),
  ) as Shape;
}

function joined(...parts: readonly fc.Arbitrary<object>[]): Shape {
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as JsonObject);
}

type Move =
  | { readonly move: 'advance'; readonly seconds: number }
  | { readonly move: 'report'; readonly which: number; readonly ok: boolean }
  | { readonly move: 'hold' | 'release' };

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.record({ move: fc.constant('advance' as const), seconds: fc.nat(8) }),
    fc.record({ move: fc.constant('report' as const), which: fc.nat(5), ok: fc.boolean() }),
    fc.record({ move: fc.constantFrom('hold' as const, 'release' as const) }),
  ),
  { maxLength: 12 },
);

function play(definition: string, input: Json, list: readonly Move[]): void {
  const world = new FlowWorld();
  const run = world.start(definition, input, { limits: { events: 150, foreachConcurrency: 2 } });
  for (const move of list) perform(world, run, move);
  world.held.clear();
  world.settle();
  world.finish();
  for (const { state, isOpen } of world.runs) {
    if (isOpen && state.mapRun === undefined) world.apply(run, { kind: 'stop', error: 'Halt', cause: '' });
  }
  for (const { events } of world.runs) checkHistory(events);
}

function perform(world: FlowWorld, run: FlowRun, move: Move): void {
  if (move.move === 'advance') world.advance(move.seconds);
  else if (move.move === 'hold') world.held.add('function');
  else if (move.move === 'release') {
    world.held.clear();
    world.settle();
  } else if (move.move === 'report') reportOne(world, run, move);
}

function reportOne(world: FlowWorld, run: FlowRun, { which, ok }: Extract<Move, { move: 'report' }>): void {
  const waiting = Object.entries(run.state.steps).filter(([, { task: t }]) => t?.mode === 'callback');
  const [id] = waiting[which % Math.max(waiting.length, 1)] ?? [];
  if (id === undefined) return;
  const outcome = ok ? ({ ok, output: { r: 1 } } as const) : ({ ok, error: 'No', cause: 'c' } as const);
  world.report(run, outcome, Number(id));
}

const runs = { numRuns: Number(process.env.ORRERY_RANDOM_RUNS ?? 150) };

test('random flows of steps: the journal rebuilds every state, and every state is sound', () => {
  const check = (list: JsonObject[], taken: Move[]): void => play(steps(list), { items: [1, 2] }, taken);
  fc.assert(fc.property(stepList(2), moves, check), runs);
});

test('random flows of states: the journal rebuilds every state, and every state is sound', () => {
  const check = (list: JsonObject[], taken: Move[]): void => play(states(list), { items: [1, 2] }, taken);
  fc.assert(fc.property(stateList(2), moves, check), runs);
});
