import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDeadCode, type Manifest } from '../../scripts/check-dead-code.ts';
import { parseSource } from '../../scripts/source/syntax.ts';

const NO_PACKAGES: Manifest = { scripts: {}, dependencies: {}, devDependencies: {} };

/** Problems of a program whose `cli.ts` is `cli`. */
function messages(
  cli: string,
  others: Readonly<Record<string, string>> = {},
  manifest = NO_PACKAGES,
): string[] {
  const files = Object.entries({ 'src/cli/cli.ts': cli, ...others }).map(([path, text]) =>
    parseSource(path, text),
  );
  return checkDeadCode(files, manifest).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe('dead files', () => {
  it('are those that nothing reaches', () => {
    const found = messages(`import './a.ts';`, {
      'src/cli/a.ts': '',
      'src/cli/b.ts': `import './c.ts';`,
      'src/cli/c.ts': '',
    });
    assert.deepEqual(found, [
      'src/cli/b.ts:1 nothing uses this file: delete it',
      'src/cli/c.ts:1 nothing uses this file: delete it',
    ]);
  });

  it('are not tests, started programs, workers, nor files that a test starts', () => {
    const others = {
      'src/cli/worker.ts': '',
      'test/a.test.ts': `start('support/child.ts');`,
      'test/support/child.ts': '',
      'scripts/go.ts': '',
      'scripts/run.ts': 'if (import.meta.main) go();',
      'bench/soak.ts': 'await soak();',
      'examples/order/decider.ts': '',
    };
    const manifest = { ...NO_PACKAGES, scripts: { go: 'node scripts/go.ts' } };
    assert.deepEqual(messages(`new Worker(new URL('./worker.ts', import.meta.url));`, others, manifest), []);
  });
});

describe('dead exports', () => {
  it('are those that no other file imports', () => {
    const found = messages(`import { used } from './a.ts';`, {
      'src/cli/a.ts':
        'export const used = 1;\nexport function unused() {}\nexport { used as again };\nexport class Old {}',
    });
    assert.deepEqual(found, [
      'src/cli/a.ts:2 nobody imports unused: delete it or its `export`',
      'src/cli/a.ts:3 nobody imports again: delete it or its `export`',
      'src/cli/a.ts:4 nobody imports Old: delete it or its `export`',
    ]);
  });

  it('are not in modules imported whole', () => {
    assert.deepEqual(
      messages(`import * as a from './a.ts';`, { 'src/cli/a.ts': 'export const name = 1;' }),
      [],
    );
  });

  it('are not handlers of functions that an example configures', () => {
    const text = 'export const handler = 1;\nexport const other = 1;';
    const found = messages('', { 'examples/shop/functions/pay.ts': text, 'examples/shop/pay.ts': text });
    assert.deepEqual(found, [
      'examples/shop/functions/pay.ts:2 nobody imports other: delete it or its `export`',
      'examples/shop/pay.ts:1 nobody imports handler: delete it or its `export`',
      'examples/shop/pay.ts:2 nobody imports other: delete it or its `export`',
    ]);
  });

  it('are not types that say what another export is', () => {
    const text = 'export interface Shown { a: 1 }\nexport function show(): Shown {}\nexport type Lone = 1;';
    const found = messages(`import { show } from './a.ts';`, { 'src/cli/a.ts': text });
    assert.deepEqual(found, ['src/cli/a.ts:3 nobody imports Lone: delete it or its `export`']);
  });

  it('are not looked for in generated files', () => {
    assert.deepEqual(messages(`import './a.gen.ts';`, { 'src/cli/a.gen.ts': 'export type A = 1;' }), []);
  });
});

describe('dependencies', () => {
  const manifest: Manifest = {
    scripts: {},
    dependencies: { fastify: '1', '@scope/used': '1', idle: '1' },
    devDependencies: { 'fast-check': '1', typescript: '1', lazy: '1' },
  };

  it('are reported when nobody uses or declares them', () => {
    const cli = `import 'fastify';\nimport { x } from '@scope/used/deep.js';\nimport 'node:fs';\nimport 'stranger';`;
    const found = messages(cli, { 'test/a.test.ts': `import 'fast-check';` }, manifest);
    assert.deepEqual(found, [
      'src/cli/cli.ts:4 stranger is not among the dependencies',
      'package.json:1 idle: nobody uses this dependency',
      'package.json:1 lazy: nobody uses this dependency',
    ]);
  });

  it('for development are not for the product', () => {
    const found = messages(
      `import 'fast-check';`,
      {},
      { ...NO_PACKAGES, devDependencies: { 'fast-check': '1' } },
    );
    assert.deepEqual(found, ['src/cli/cli.ts:1 fast-check is not among the dependencies']);
  });

  it('of a folder with its own package.json count there only', () => {
    const own: Manifest = {
      ...NO_PACKAGES,
      scripts: { bench: 'bench/bench.ts' },
      folders: { bench: { peer: '1' } },
    };
    assert.deepEqual(messages('', { 'bench/bench.ts': `import 'peer';` }, own), []);
    assert.equal(messages(`import 'peer';`, { 'bench/bench.ts': '' }, own).length, 1);
  });
});
