import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSizes } from '../../scripts/check-sizes.ts';
import { parseSource } from '../../scripts/source/syntax.ts';

function messages(path: string, text: string): string[] {
  return checkSizes([parseSource(path, text)]).map(({ message }) => message);
}

function lines(count: number): string {
  return 'go();\n'.repeat(count);
}

describe('size ceilings', () => {
  it('take a file of 350 lines and not one of 351', () => {
    assert.deepEqual(messages('src/lib/a.ts', lines(350)), []);
    for (const path of ['src/lib/a.ts', 'test/lib/a.test.ts'])
      assert.match(messages(path, lines(351))[0] ?? '', /^351 lines; at most 350/);
  });

  it('leave generated files alone, and functions of tests', () => {
    const huge = (count: number): string => `function f(a, b, c, d) {\n${lines(count)}}`;
    assert.deepEqual(messages('src/apis/swf/model/shapes.gen.ts', huge(400)), []);
    assert.deepEqual(messages('test/lib/a.test.ts', huge(300)), []);
  });

  const kinds: readonly (readonly [string, string, string])[] = [
    ['f', 'function f() {\n', '}'],
    ['f', 'const f = () => {\n', '};'],
    ['m', 'class C { m() {\n', '} }'],
    ['#m', 'class C { #m() {\n', '} }'],
    ['m', 'const o = { m() {\n', '} };'],
  ];
  for (const [name, head, tail] of kinds) {
    it(`take 50 lines and not 51 in ${head.trim()}`, () => {
      assert.deepEqual(messages('src/lib/a.ts', head + lines(48) + tail), []);
      const found = messages('src/lib/a.ts', head + lines(49) + tail);
      assert.deepEqual(found, [`${name} has 51 lines; at most 50: split it`]);
    });
  }

  it('take three positional parameters and not four', () => {
    assert.deepEqual(messages('src/lib/a.ts', 'function f(a, b, c) {}'), []);
    assert.deepEqual(messages('src/lib/a.ts', 'function f(this: T, a, b, c) {}'), []);
    assert.deepEqual(messages('src/lib/a.ts', 'function f({ a, b, c, d }: T) {}'), []);
    assert.match(messages('src/lib/a.ts', 'function f(a, b, c, d = 1) {}')[0] ?? '', /f has 4 positional/);
    assert.match(
      messages('src/lib/a.ts', 'class C { constructor(a, b, c, ...d) {} }')[0] ?? '',
      /4 positional/,
    );
    assert.match(messages('src/lib/a.ts', 'const f = (a, b, c, d) => a;')[0] ?? '', /4 positional/);
  });
});
