import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsFile } from '../../scripts/generate-limits.ts';
import { LIMITS } from '../../src/limits.ts';

test('a limit is a row of its group, with its default', () => {
  const { text } = limitsFile([
    { name: 'server.connections', default: 20_000, meaning: 'connections open' },
    { name: 'swf.domains', default: 100, meaning: 'domains' },
  ]);
  assert.match(
    text,
    /## The server\n\n\| Name .*\n.*\n\| `server\.connections` \| 20,000 \| connections open \|\n/,
  );
  assert.match(text, /## Amazon SWF\n\n\| Name .*\n.*\n\| `swf\.domains` \| 100 \| domains \|\n/);
});

test('a rate and its burst are one row', () => {
  const { text } = limitsFile([
    { name: 'swf.burst.ListDomains', default: 0, meaning: 'calls at once; the vendor allows 100' },
    { name: 'swf.rate.ListDomains', default: 0, meaning: 'calls per second; the vendor allows 6' },
  ]);
  assert.match(text, /\| `ListDomains` \| 6 \| 100 \|\n/);
});

test('every limit there is stands on the page', () => {
  const { text } = limitsFile();
  for (const { name } of LIMITS) {
    const shown = name.replace(/^\w+\.(?:burst|rate)\./, '');
    assert.ok(text.includes(`| \`${shown}\` |`), `${name} is missing`);
  }
});
