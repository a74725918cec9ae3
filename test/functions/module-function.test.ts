import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { FunctionConfig } from '../../src/functions/function-config.ts';
import { callAfter, callFunctions } from '../support/call-functions.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** Writes a module and configures it as function `f`. */
async function moduleOf(test: TestContext, source: string): Promise<Record<'f', FunctionConfig>> {
  const { path } = await makeTemporaryDirectory(test);
  const module = join(path, 'function.ts');
  writeFileSync(module, source);
  return { f: { kind: 'module', module } };
}

/** Ends once so many different threads have run it, ever; gives its thread. */
const MEETING = `import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
  import { threadId } from 'node:worker_threads';
  const meeting = new URL('./meeting/', import.meta.url);
  export async function handler(count) {
    mkdirSync(meeting, { recursive: true });
    writeFileSync(new URL(String(threadId), meeting), '');
    while (readdirSync(meeting).length < count) await new Promise((resolve) => setImmediate(resolve));
    return threadId;
  }`;

describe('a function that is a module', () => {
  it('is TypeScript, may wait, and is told its name and call', async (test) => {
    const configs = await moduleOf(
      test,
      `interface Order { readonly items: readonly number[] }
       interface Context { readonly functionName: string; readonly idempotencyKey: string }
       export async function handler({ items }: Order, context: Context): Promise<object> {
         await new Promise((resolve) => setImmediate(resolve));
         return { total: items.reduce((a, b) => a + b, 0), ...context };
       }`,
    );
    assert.deepEqual(await callFunctions(test, configs).call('f', { items: [40, 2] }), {
      total: 42,
      functionName: 'f',
      idempotencyKey: 'key-1',
    });
  });

  it('answers null when it returns nothing', async (test) => {
    const configs = await moduleOf(test, 'export const handler = () => undefined;');
    assert.equal(await callFunctions(test, configs).call('f'), null);
  });

  it('keeps its thread for the next call, also after an error', async (test) => {
    const configs = await moduleOf(
      test,
      `let calls = 0;
       export function handler(fail) { calls++; if (fail) throw new RangeError('too far'); return calls; }`,
    );
    const functions = callFunctions(test, configs);
    assert.equal(await functions.call('f', false), 1);
    const { kind, payload } = await functions.failure('f', true);
    assert.equal(kind, 'Handled');
    assert.deepEqual([payload.errorType, payload.errorMessage], ['RangeError', 'too far']);
    assert.match(String((payload.trace as string[])[1]), /function\.ts/);
    assert.equal(await functions.call('f', false), 3);
  });

  it('names what was thrown by the name it was given, else by its class', async (test) => {
    const configs = await moduleOf(
      test,
      `class CardDeclined extends Error {}
       class Full extends RangeError {}
       class Named extends Error { name = 'Renamed'; }
       const made = () => Object.assign(new Error('made'), { name: 'Made' });
       const thrown = [new CardDeclined(), new Full(), new Named(), made(), new (class extends Error {})(), new TypeError(), new Error(), 'a text',
         Object.assign(new RangeError(), { constructor: undefined })];
       export function handler(place) { throw thrown[place]; }`,
    );
    const functions = callFunctions(test, configs);
    const names = [
      'CardDeclined',
      'Full',
      'Renamed',
      'Made',
      'Error',
      'TypeError',
      'Error',
      'Error',
      'RangeError',
    ];
    for (const [place, name] of names.entries()) {
      const { payload } = await functions.failure('f', place);
      assert.equal(payload.errorType, name, String(place));
    }
  });

  it('serves calls at the same time in different threads', async (test) => {
    const functions = callFunctions(test, await moduleOf(test, MEETING));
    const threads = await Promise.all([1, 2, 3].map(() => functions.call('f', 3)));
    assert.equal(new Set(threads).size, 3);
  });

  it('ends threads that nobody needed for a while, but for two', async (test) => {
    const configs = await moduleOf(test, MEETING);
    const counts: (() => void)[] = [];
    const after = (milliseconds: number, call: () => void): (() => void) => {
      if (milliseconds < 1000) return callAfter(milliseconds, call);
      counts.push(call);
      return () => {};
    };
    const functions = callFunctions(test, configs, { after });
    const threads = await Promise.all(Array.from({ length: 5 }, () => functions.call('f', 5)));
    for (let count = counts.pop(); count !== undefined; count = counts.pop()) count();
    const again = await Promise.all(Array.from({ length: 5 }, () => functions.call('f', 8)));
    assert.equal(threads.filter((thread) => again.includes(thread)).length, 2);
  });

  it('serves short calls without a thread for each', async (test) => {
    const configs = await moduleOf(
      test,
      `import { threadId } from 'node:worker_threads';
       export const handler = () => threadId;`,
    );
    const functions = callFunctions(test, configs, { concurrency: 32 });
    const threads = await Promise.all(Array.from({ length: 200 }, () => functions.call('f')));
    assert.ok(new Set(threads).size < 10, `${new Set(threads).size} threads`);
  });

  it('cannot be kept from its next calls by a module that never finished loading', async (test) => {
    const configs = await moduleOf(test, 'while (true);');
    const functions = callFunctions(test, configs);
    const controller = new AbortController();
    const loading = functions.call('f', {}, controller.signal);
    controller.abort(new Error('enough'));
    await assert.rejects(loading, { message: 'enough' });
    writeFileSync((configs.f as { module: string }).module, 'export const handler = () => 7;');
    assert.equal(await functions.call('f'), 7);
  });

  it('cannot block the server, and is ended when its call is aborted', async (test) => {
    const configs = await moduleOf(
      test,
      `export function handler(stay) { console.log('here'); while (stay); return 1; }`,
    );
    const functions = callFunctions(test, configs);
    const controller = new AbortController();
    const blocked = functions.call('f', true, controller.signal);
    assert.equal(await functions.call('f', false), 1);
    controller.abort(new Error('enough'));
    await assert.rejects(blocked, { message: 'enough' });
    assert.equal(await functions.call('f', false), 1);
  });

  it('prints to the log', async (test) => {
    const configs = await moduleOf(test, `export const handler = async () => console.log('counting');`);
    const functions = callFunctions(test, configs);
    await functions.call('f');
    assert.deepEqual(await functions.firstPrinted, ['f', 'counting']);
  });

  it('is not to blame for an error outside its handler, an exit, or a module without one', async (test) => {
    const outside = `export const handler = () => new Promise(() => { setImmediate(() => { throw new TypeError('later'); }); });`;
    for (const [source, errorType, message] of [
      [outside, 'TypeError', /^later$/],
      ['export const handler = () => process.exit(4);', 'Exit', /code 4$/],
      ['export const handle = () => 1;', 'TypeError', /does not export a function named handler$/],
      [`throw new Error('not today');`, 'Error', /^not today$/],
      ['export function handler( {', 'SyntaxError', /./],
    ] as const) {
      const functions = callFunctions(test, await moduleOf(test, source));
      const { kind, payload } = await functions.failure('f');
      assert.deepEqual([kind, payload.errorType], ['Unhandled', errorType], source);
      assert.match(String(payload.errorMessage), message);
    }
  });

  it('works again after its thread has ended', async (test) => {
    const configs = await moduleOf(
      test,
      `export function handler(event) { if (event === 'late') setImmediate(() => process.exit(1)); return event; }`,
    );
    const functions = callFunctions(test, configs);
    for (const event of ['late', 'late', 'soon', 'late', 'soon']) {
      const answer = await functions.call('f', event).catch(() => 'ended');
      assert.ok([event, 'ended'].includes(String(answer)));
    }
    assert.equal(await functions.call('f', 'last').catch(() => functions.call('f', 'last')), 'last');
  });

  it('can be loaded once it has been mended', async (test) => {
    const configs = await moduleOf(test, 'export function handler( {');
    const functions = callFunctions(test, configs);
    await functions.failure('f');
    writeFileSync((configs.f as { module: string }).module, 'export const handler = () => 7;');
    assert.equal(await functions.call('f'), 7);
  });

  it('must not answer more than allowed, nor what JSON cannot say', async (test) => {
    const source = `export const handler = (long) => (long ? 'x'.repeat(100) : 1n);`;
    const functions = callFunctions(test, await moduleOf(test, source), { answerBytes: 100 });
    assert.equal((await functions.failure('f', true)).payload.errorType, 'AnswerTooLarge');
    assert.equal((await functions.failure('f', false)).payload.errorType, 'TypeError');
  });
});
