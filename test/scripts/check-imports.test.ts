import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkImports } from '../../scripts/check-imports.ts';
import { parseSource, type SourceFile } from '../../scripts/source/syntax.ts';

function files(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => parseSource(path, text));
}

function messages(texts: Readonly<Record<string, string>>): string[] {
  return checkImports(files(texts)).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const EMPTY = 'export const nothing = 0;';

/** A file with one import line, beside the file it imports. */
function importing(path: string, statement: string, target?: string): string[] {
  return messages({ [path]: `\n${statement}`, ...(target === undefined ? {} : { [target]: EMPTY }) });
}

describe('import rules', () => {
  const allowed: readonly (readonly [string, string, string?])[] = [
    ['src/kernel/shard.ts', `import { later } from '../lib/deferred.ts';`, 'src/lib/deferred.ts'],
    ['src/kernel/shard.ts', `import { createHash } from 'node:crypto';`],
    [
      'src/apis/swf/machine/state.ts',
      `import type { Turn } from '../../../kernel/machine.ts';`,
      'src/kernel/machine.ts',
    ],
    [
      'src/apis/swf/machine/state.ts',
      `import type { Run } from '../model/types.gen.ts';`,
      'src/apis/swf/model/types.gen.ts',
    ],
    [
      'src/apis/swf/operations/tag-resource.ts',
      `import { x } from '../../../policy/match.ts';`,
      'src/policy/match.ts',
    ],
    ['src/sftp/ssh/connection.ts', `import type { Connection } from 'ssh2';`],
    ['src/server/pipeline.ts', `import type { Api } from '../apis/api.ts';`, 'src/apis/api.ts'],
    ['src/stores/sql/sqlite.ts', `import { DatabaseSync } from 'node:sqlite';`],
    [
      'src/stores/memory/memory-store.ts',
      `import type { Summary } from '../../kernel/machine.ts';`,
      'src/kernel/machine.ts',
    ],
    ['src/cli/commands/serve.ts', `import { main } from '../../main.ts';`, 'src/main.ts'],
    ['src/cli/commands/version.ts', `new URL('../../../package.json', import.meta.url);`],
    ['src/main.ts', `import { swf } from './apis/swf/index.ts';`, 'src/apis/swf/index.ts'],
    ['test/kernel/shard.test.ts', `import { x } from '../../src/kernel/shard.ts';`, 'src/kernel/shard.ts'],
  ];
  for (const [path, statement, target] of allowed) {
    it(`allows ${path}: ${statement}`, () => assert.deepEqual(importing(path, statement, target), []));
  }

  const refused: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['src/sftp/ssh/connection.ts', `import ssh2 from 'ssh2';`, undefined, /must not import the package ssh2/],
    [
      'src/lib/glob.ts',
      `import { x } from '../kernel/a.ts';`,
      'src/kernel/a.ts',
      /^src\/lib\/glob\.ts:2 must not import src\/kernel\/a\.ts; .*may import src\/lib/,
    ],
    [
      'src/kernel/shard.ts',
      `import { x } from '../wire/a.ts';`,
      'src/wire/a.ts',
      /must not import src\/wire\/a\.ts/,
    ],
    [
      'src/kernel/shard.ts',
      `import { x } from '../apis/swf/a.ts';`,
      'src/apis/swf/a.ts',
      /must not import src\/apis\/swf/,
    ],
    ['src/kernel/shard.ts', `import { DatabaseSync } from 'node:sqlite';`, undefined, /do without .*sqlite/],
    ['src/kernel/shard.ts', `import { request } from 'node:http';`, undefined, /must not import node:http/],
    ['src/kernel/shard.ts', `import { pino } from 'pino';`, undefined, /package pino; .*may use no package/],
    [
      'src/stores/sql/postgres.ts',
      `import { DatabaseSync } from 'node:sqlite';`,
      undefined,
      /must not import node:sqlite/,
    ],
    [
      'src/stores/memory/m.ts',
      `import { Shard } from '../../kernel/shard.ts';`,
      'src/kernel/shard.ts',
      /as types also src\/kernel/,
    ],
    [
      'src/apis/swf/a.ts',
      `import { x } from '../transfer/b.ts';`,
      'src/apis/transfer/b.ts',
      /may import .*src\/apis\/swf\/\*\*/,
    ],
    [
      'src/apis/swf/a.ts',
      `const x = await import('../../stores/s.ts');`,
      'src/stores/s.ts',
      /must not import src\/stores/,
    ],
    [
      'src/apis/swf/a.ts',
      `type X = import('../../stores/s.ts').S;`,
      'src/stores/s.ts',
      /must not import src\/stores/,
    ],
    [
      'src/apis/swf/machine/state.ts',
      `import { x } from '../views/v.ts';`,
      'src/apis/swf/views/v.ts',
      /must not import/,
    ],
    [
      'src/apis/swf/machine/state.ts',
      `import { x } from '../model/types.gen.ts';`,
      'src/apis/swf/model/types.gen.ts',
      /must not import/,
    ],
    [
      'src/apis/swf/machine/state.ts',
      `import { randomUUID } from 'node:crypto';`,
      undefined,
      /must not import node:crypto/,
    ],
    [
      'src/server/pipeline.ts',
      `import type { x } from '../apis/swf/index.ts';`,
      'src/apis/swf/index.ts',
      /must not import/,
    ],
    [
      'src/cli/commands/show.ts',
      `import { main } from '../../main.ts';`,
      'src/main.ts',
      /must not import src\/main\.ts/,
    ],
    [
      'scripts/generate.ts',
      `import { x } from '../src/lib/a.ts';`,
      'src/lib/a.ts',
      /must not import src\/lib/,
    ],
    [
      'src/kernel/shard.ts',
      `new URL('../wire/a.ts', import.meta.url);`,
      'src/wire/a.ts',
      /must not import src\/wire/,
    ],
    ['src/kernel/shard.ts', `import { x } from './gone.ts';`, undefined, /does not exist/],
    ['src/kernel/all.ts', `export { x } from './a.ts';`, 'src/kernel/a.ts', /re-exports/],
    ['src/somewhere/new.ts', '', undefined, /no rule/],
  ];
  for (const [path, statement, target, expected] of refused) {
    it(`refuses ${path}: ${statement}`, () => {
      const found = importing(path, statement, target);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', expected);
    });
  }
});

describe('import cycles', () => {
  it('are found once, types counted', () => {
    const found = messages({
      'src/lib/a.ts': `import { b } from './b.ts';`,
      'src/lib/b.ts': `import { c } from './c.ts';`,
      'src/lib/c.ts': `import type { A } from './a.ts';`,
    });
    assert.deepEqual(found, [
      'src/lib/c.ts:1 import cycle: src/lib/a.ts → src/lib/b.ts → src/lib/c.ts → src/lib/a.ts',
    ]);
  });

  it('are not seen in a diamond', () => {
    const found = messages({
      'src/lib/a.ts': `import './b.ts';\nimport './c.ts';`,
      'src/lib/b.ts': `import './d.ts';`,
      'src/lib/c.ts': `import './d.ts';`,
      'src/lib/d.ts': EMPTY,
    });
    assert.deepEqual(found, []);
  });
});
