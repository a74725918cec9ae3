import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCalls } from '../../scripts/check-calls.ts';
import { parseSource } from '../../scripts/source/syntax.ts';

function messages(path: string, text: string): string[] {
  return checkCalls([parseSource(path, text)]).map(({ message }) => message);
}

describe('calls that belong to the clock, the ids and the batch', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['const t = Date.now();', /^Date\.now is not for here: .*Clock/],
    ['const now = Date.now;', /Date\.now/],
    ['const t = new Date();', /new Date\(\)/],
    ['const t = Date();', /new Date\(\)/],
    ['const t = performance.now();', /performance\.now/],
    ['const t = process.hrtime.bigint();', /process\.hrtime/],
    ['const r = Math.random();', /Math\.random.*kernel\/ids\.ts/],
    ['const id = crypto.randomUUID();', /randomUUID/],
    ['const id = globalThis.crypto.getRandomValues;', /getRandomValues|crypto/],
    ['setTimeout(go, 5);', /setTimeout.*clock\.at/],
    ['globalThis.setInterval(go, 5);', /setInterval/],
    ["globalThis['setInterval'](go, 5);", /setInterval/],
    ['call({ later: setTimeout });', /setTimeout/],
    ['(setTimeout as Timer)(go, 5);', /setTimeout/],
    ["import { setTimeout as sleep } from 'node:timers/promises';", /node:timers\/promises/],
    ['const s = AbortSignal.timeout(5);', /AbortSignal\.timeout/],
    ['setImmediate(go);', /setImmediate.*batch/],
    ['queueMicrotask(go);', /queueMicrotask/],
    ['process.nextTick(go);', /process\.nextTick/],
  ];
  for (const [text, expected] of refused) {
    it(`refuses ${text}`, () => {
      const found = messages('src/kernel/shard.ts', text);
      assert.ok(found.length >= 1, 'nothing was found');
      assert.match(found[0] ?? '', expected);
    });
  }

  it('refuses the import of a random source, whatever it is called afterwards', () => {
    assert.equal(
      messages('src/kernel/a.ts', `import { randomBytes as bytes } from 'node:crypto';`).length,
      1,
    );
    assert.equal(messages('src/kernel/a.ts', `import { randomBytes } from 'node:crypto';`).length, 1);
  });

  const allowed: readonly (readonly [string, string])[] = [
    ['src/kernel/clock.ts', 'const t = Date.now(); setTimeout(go, 5);'],
    ['src/kernel/ids.ts', `import { randomBytes } from 'node:crypto';\nrandomBytes(4);`],
    ['src/kernel/batch.ts', 'setImmediate(go); queueMicrotask(go);'],
    ['src/kernel/a.ts', 'const t = new Date(5); const u = Date.parse(x);'],
    ['src/kernel/a.ts', 'socket.setTimeout(5);'],
    ['src/kernel/a.ts', 'const timers = heap(); timers.push(5);'],
    ['src/kernel/a.ts', `import { heap as timers } from './timers.ts';`],
    ['src/kernel/a.ts', 'const options = { setTimeout: 5 };'],
    ['src/kernel/a.ts', 'interface Timers { setTimeout(ms: number): void; at: typeof setTimeout }'],
    ['test/kernel/a.test.ts', 'setTimeout(go, 5); Date.now(); Math.random();'],
    ['bench/load.ts', 'performance.now();'],
  ];
  for (const [path, text] of allowed) {
    it(`allows ${path}: ${text}`, () => assert.deepEqual(messages(path, text), []));
  }

  it('lets nobody else into those files: clock.ts may not draw ids, ids.ts may not read the time', () => {
    assert.equal(messages('src/kernel/clock.ts', 'Math.random();').length, 1);
    assert.equal(messages('src/kernel/ids.ts', 'setTimeout(go, 5);').length, 1);
  });
});
