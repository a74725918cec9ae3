import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudflowLimitsFrom } from '../../../../src/apis/cloudflow/limits.ts';
import { limitValues } from '../../../../src/limits.ts';
import { readDefinition, USUAL_LIMITS } from './usual-limits.ts';
import { testWrong } from './wrong-definitions.ts';

const EXPRESS = cloudflowLimitsFrom(limitValues({})).ofDefinition('Express');

const flow = (state: string): string =>
  `{Type: StateMachine, SpecVersion: v1, Name: f, StartAt: s,\nStates: [${state}]}`;
const task = (mode: string): string =>
  `{Type: Task, Name: s, Action: FC:InvokeFunction, End: true,\nTaskMode: ${mode}}`;
const wait = (seconds: number): string => `{Type: Wait, Name: s, End: true,\nSeconds: ${seconds}}`;
/** A map whose items are executions of that mode, or iterations. */
const map = (state: string, config = ''): string =>
  `{Type: Map, Name: s, ItemsPath: "[1]", End: true, ${config}Processor: {StartAt: s, States: [${state}]}}`;
const items = (state: string, mode: string): string =>
  map(state, `ProcessorConfig: {ExecutionMode: ${mode}}, `);
const parallel = (state: string): string =>
  `{Type: Parallel, Name: s, End: true, Branches: [{StartAt: s, States: [${state}]}]}`;

const SYSTEM = task('WaitForSystemCallback');
const CUSTOM = task('WaitForCustomCallback');
const NO_CALLBACKS = "line 3, state 's': TaskMode can only be RequestComplete in express mode";
const SHORT_WAIT = "line 3, state 's': Seconds must be a whole number from 1 to 20";

testWrong(
  [SYSTEM, CUSTOM, parallel(CUSTOM), map(CUSTOM), items(CUSTOM, 'Express')].map((state) => [
    state,
    NO_CALLBACKS,
  ]),
  flow,
  EXPRESS,
);
testWrong(
  [wait(21), map(wait(21)), items(wait(21), 'Express')].map((state) => [state, SHORT_WAIT]),
  flow,
  EXPRESS,
);
testWrong(
  [
    [items(CUSTOM, 'Express'), NO_CALLBACKS],
    [items(parallel(CUSTOM), 'Express'), NO_CALLBACKS],
    [items(wait(21), 'Express'), SHORT_WAIT],
  ],
  flow,
);

test('each execution has the rules of its own mode', () => {
  for (const state of [SYSTEM, CUSTOM, wait(300), items(CUSTOM, 'Standard'), map(wait(300))])
    assert.doesNotThrow(() => readDefinition(flow(state), USUAL_LIMITS), state);
  for (const state of [
    task('RequestComplete'),
    wait(20),
    items(CUSTOM, 'Standard'),
    items(wait(300), 'Standard'),
  ])
    assert.doesNotThrow(() => readDefinition(flow(state), EXPRESS), state);
});
