import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transferCrashRound } from './transfer/crash-round.ts';

/** Three rounds are one on each kind of storage. By hand: `ORRERY_CRASH_ROUNDS=100 node --test test/crash/transfer-crash.test.ts`; seeds as in `swf-crash.test.ts`. */
const ROUNDS = Number(process.env.ORRERY_CRASH_ROUNDS ?? 3);
const FIRST_SEED = Number(process.env.ORRERY_CRASH_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);

test('a server killed while files come in and workflows run keeps everything it has acknowledged', async (context) => {
  for (let round = 0; round < ROUNDS; round++) {
    const seed = FIRST_SEED + round;
    const { violations, ...figures } = await transferCrashRound(seed);
    const text = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
    context.diagnostic(`seed ${seed}: ${text.join(', ')}, violations ${violations.length}`);
    assert.deepEqual(
      violations,
      [],
      `ORRERY_CRASH_SEED=${seed} ORRERY_CRASH_ROUNDS=1 begins with this round`,
    );
  }
});
