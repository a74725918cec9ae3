import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepReader } from '../../../../src/apis/api.ts';
import { StepReaders } from '../../../../src/server/admin/executions/step-readers.ts';

/** Tells what was read of whose history, and notes what was asked for. */
function open() {
  const asked: string[] = [];
  let isDown = false;
  const readers = new StepReaders({
    history: async (id, from, to) => {
      asked.push(`${id} ${from}-${to}`);
      if (isDown) throw new Error('down');
      return Array.from({ length: to - from + 1 }, (_, place) => `${id}.${from + place}`);
    },
  });
  const read = async (id: string, events: number): Promise<string[]> => {
    const reader = await readers.read(id, events, listReader);
    return reader.stepsSince(0).map(({ name }) => name);
  };
  return {
    asked,
    read,
    setDown: (down: boolean) => {
      isDown = down;
    },
  };
}

function listReader(): StepReader {
  const read: string[] = [];
  return {
    read: (text, id) => read.push(`${text} ${id}`),
    stepsSince: () => read.map((name) => ({ name })) as unknown as ReturnType<StepReader['stepsSince']>,
  };
}

test('who asks again makes it read only what is new', async () => {
  const { read, asked } = open();
  assert.deepEqual(await read('a', 2), ['a.1 1', 'a.2 2']);
  assert.deepEqual(await read('a', 3), ['a.1 1', 'a.2 2', 'a.3 3']);
  await read('a', 3);
  assert.deepEqual(asked, ['a 1-2', 'a 3-3']);
});

test('those who ask at once share what is read', async () => {
  const { read, asked } = open();
  const [first, second] = await Promise.all([read('a', 600), read('a', 700)]);
  assert.equal(second?.length, 700);
  assert.ok((first?.length ?? 0) >= 600);
  assert.deepEqual(asked, ['a 1-500', 'a 501-600', 'a 601-700']);
});

test('after a failure it goes on where it was', async () => {
  const { read, asked, setDown } = open();
  await read('a', 2);
  setDown(true);
  await assert.rejects(read('a', 3), /down/);
  setDown(false);
  assert.equal((await read('a', 3)).length, 3);
  assert.deepEqual(asked, ['a 1-2', 'a 3-3', 'a 3-3']);
});

test('of too many the first are forgotten, and read anew', async () => {
  const { read, asked } = open();
  for (let at = 0; at < 17; at++) await read(`e${at}`, 1);
  await read('e16', 1);
  await read('e0', 1);
  assert.deepEqual(asked.slice(16), ['e16 1-1', 'e0 1-1']);
});
