import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlanCache, planOf } from '../../../../src/apis/cloudflow/language/plan-cache.ts';

const flow = (name: string) => `{type: flow, version: v1, steps: [{type: pass, name: ${name}}]}`;
const length = flow('a').length;

test('the same text gives the same plan', () => {
  assert.equal(planOf(flow('a')), planOf(flow('a')));
  assert.notEqual(planOf(flow('a')), planOf(flow('b')));
});

test('what was not used for longest is forgotten first', () => {
  const cache = new PlanCache(2 * length);
  const [a, b] = [cache.planOf(flow('a')), cache.planOf(flow('b'))];
  cache.planOf(flow('a'));
  cache.planOf(flow('c'));
  assert.equal(cache.size, 2);
  assert.equal(cache.planOf(flow('a')), a);
  assert.notEqual(cache.planOf(flow('b')), b);
});

test('a text larger than the whole cache is kept until the next one', () => {
  const cache = new PlanCache(1);
  assert.equal(cache.planOf(flow('a')), cache.planOf(flow('a')));
  cache.planOf(flow('b'));
  assert.equal(cache.size, 1);
});

test('a text that cannot be read takes no room', () => {
  const cache = new PlanCache(length);
  const a = cache.planOf(flow('a'));
  assert.throws(() => cache.planOf('steps:'), { name: 'DefinitionError' });
  assert.equal(cache.planOf(flow('a')), a);
});

test('a definition that was accepted under other limits is read', () => {
  const seconds = 10_000_000;
  const text = `{type: flow, version: v1, steps: [{type: wait, name: w, duration: ${seconds}}]}`;
  const plan = planOf(text);
  assert.equal(plan.language, 'legacy');
  assert.deepEqual(plan.lists[0]?.[0], { name: 'w', end: false, type: 'wait', until: { duration: seconds } });
});
