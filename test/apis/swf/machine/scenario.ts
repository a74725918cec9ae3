import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SwfWorld } from './swf-world.ts';

/** Plays a scenario; each history it gives must be the expected one of that workflow id. */
export function scenario(
  name: string,
  play: (world: SwfWorld) => void,
  expected: Readonly<Record<string, string>>,
): void {
  test(name, () => {
    const world = new SwfWorld();
    play(world);
    for (const [workflowId, history] of Object.entries(expected)) {
      assert.equal(world.history(world.find(workflowId)), history);
    }
  });
}
