import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StepTree } from '../../../src/apis/cloudflow/views/step-tree.ts';
import type { Get } from '../../../src/cli/client/client.ts';
import { FollowedSteps } from '../../../src/cli/client/followed-steps.ts';
import { call, mark, steps } from '../../apis/cloudflow/machine/definitions.ts';
import { FlowWorld } from '../../apis/cloudflow/machine/flow-world.ts';

const retry = [{ errors: ['FnF.ALL'], intervalSeconds: 1, maxAttempts: 3 }];
const each = (name: string, inner: readonly object[]) => ({
  type: 'foreach',
  name,
  iterationMapping: { collection: '$.list', item: 'n' },
  steps: inner,
});
const definition = steps([
  mark('first'),
  each('outer', [each('inner', [mark('m'), call('flaky', { retry })])]) as never,
  call('boom', { catch: [{ errors: ['FnF.ALL'], goto: 'last' }] }),
  mark('last'),
]);

/** The events of an execution whose steps are nested, retried, failed and caught. */
function journalOf(): readonly string[] {
  const world = new FlowWorld();
  const run = world.start(definition, { list: [1, 2, 3] });
  world.finish();
  assert.equal(run.state.status, 'Succeeded');
  return run.journal.filter(({ id }) => id > 0).map(({ text }) => text);
}

for (const stride of [1, 2, 3, 7, 50])
  test(`what is put together from changes after every ${stride} events is the whole`, async () => {
    const tree = new StepTree();
    let events = 0;
    const asked: unknown[] = [];
    const get = (async (_path: string, query: { since: number }) => {
      asked.push(query.since);
      // As it comes over the wire.
      return JSON.parse(JSON.stringify({ steps: tree.stepsSince(query.since), events }));
    }) as Get;
    const followed = new FollowedSteps(get, 'x1');
    const journal = journalOf();
    const looks: number[] = [];
    for (const [place, text] of journal.entries()) {
      tree.read(text, place + 1);
      if ((place + 1) % stride !== 0 && place + 1 !== journal.length) continue;
      looks.push(events);
      events = place + 1;
      assert.deepEqual(await followed.read(), tree.stepsSince(0), `after event ${events}`);
    }
    assert.deepEqual(asked, looks);
  });

test('nothing has changed after the last event', () => {
  const tree = new StepTree();
  const journal = journalOf();
  for (const [place, text] of journal.entries()) tree.read(text, place + 1);
  assert.deepEqual(tree.stepsSince(journal.length), []);
  assert.equal(tree.stepsSince(journal.length - 3).length, 1);
});
