import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LineFiles } from '../../src/logs/line-files.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Bench {
  readonly directory: string;
  readonly files: LineFiles;
  /** Lost lines as they were told of. */
  readonly lost: (readonly [path: string, lines: number])[];
  /** Lets the moment pass in which lines are gathered; false when none are awaited. */
  readonly pass: () => boolean;
}

async function makeBench(t: TestContext): Promise<Bench> {
  const directory = await makeTemporaryDirectory(t);
  const lost: (readonly [string, number])[] = [];
  let call: (() => void) | undefined;
  const files = new LineFiles({
    report: (_, { path, lines }) => lost.push([path, lines]),
    soon: (given) => {
      call = given;
      return () => {
        call = undefined;
      };
    },
  });
  const pass = (): boolean => {
    const due = call;
    call = undefined;
    due?.();
    return due !== undefined;
  };
  return { directory: directory.path, files, lost, pass };
}

test('lines that cannot be written are told of, and those that come later are whole', async (t) => {
  const { directory, files, lost, pass } = await makeBench(t);
  const path = join(directory, 'lines');
  mkdirSync(path);
  files.append(path, 'one\n');
  files.append(path, 'two\n');
  pass();
  assert.deepEqual(lost, [[path, 2]]);
  rmdirSync(path);
  files.append(path, 'three\n');
  assert.deepEqual(await files.read(path), ['three']);
  assert.equal(lost.length, 1);
});

test('of very many files some are written at a time, in the order in which their lines came', async (t) => {
  const { directory, files, pass } = await makeBench(t);
  const folder = join(directory, 'made', 'for', 'them');
  const names = Array.from({ length: 1100 }, (_, at) => `${at}`);
  for (const name of names) files.append(join(folder, name), 'a line\n');
  const written = (): number => readdirSync(folder).length;
  assert.ok(pass());
  assert.equal(written(), 500);
  assert.equal(files.isQuiet(join(folder, '499')), true);
  assert.equal(files.isQuiet(join(folder, '500')), false);
  assert.ok(pass());
  assert.ok(pass());
  assert.equal(written(), 1100);
  assert.equal(pass(), false);
});

test('a flush writes all, and nothing is left for later', async (t) => {
  const { directory, files, pass } = await makeBench(t);
  for (let at = 0; at < 600; at++) files.append(join(directory, `${at}`), 'a line\n');
  files.flush();
  assert.equal(readdirSync(directory).length, 600);
  assert.equal(pass(), false);
});
