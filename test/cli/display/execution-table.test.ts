import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Execution } from '../../../src/cli/client/executions.ts';
import { executionTable } from '../../../src/cli/display/execution-table.ts';
import { screenOf } from '../../../src/cli/display/screen.ts';

const NOW = Date.parse('2026-11-20T15:17:35Z');

const ORDER: Execution = {
  id: '0mwp4hwe424xt9ko2fnhm960',
  system: 'swf',
  account: '000000000000',
  region: 'us-east-1',
  scope: 'shop',
  name: 'order-1',
  run: '0mwp4hwe424xt9ko2fnhm960',
  subject: null,
  type: 'order/1.0',
  status: 'running',
  vendorStatus: 'OPEN',
  startedAt: '2026-11-20T15:17:33.000Z',
  endedAt: null,
  input: null,
  output: null,
  error: null,
  progress: { done: 1, total: null, unit: 'events' },
  open: {},
  waitingFor: [{ text: 'no poller' }],
  parent: null,
  children: [],
  tags: [],
  version: 1,
};
const UPLOAD: Execution = {
  ...ORDER,
  id: '0mwp4hwe424xt9ko2fnhm961',
  system: 'transfer',
  scope: 'w-0123456789abcdef0',
  name: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  subject: 'in/a.txt from alice',
  type: 'w-0123456789abcdef0',
  status: 'failed',
  error: { type: 'ALREADY_EXISTS', message: 'it is there' },
  waitingFor: [],
};

function linesOf(executions: readonly Execution[], columns?: number): string[][] {
  const output = { write: () => true, ...(columns !== undefined && { isTTY: true, columns }) };
  const text = executionTable(executions, NOW, screenOf(output, { NO_COLOR: '1' }));
  return text.split('\n').map((line) => line.split(/ {2,}/));
}

describe('executionTable', () => {
  it('says where there is one what an execution is about, and the scope where it is not the type', () => {
    assert.deepEqual(linesOf([UPLOAD]), [
      ['ID', 'STATUS', 'SUBJECT', 'NAME', 'TYPE', 'SYSTEM', 'STARTED', 'TOOK', 'REASON'],
      [
        UPLOAD.id,
        'failed',
        'in/a.txt from alice',
        UPLOAD.name,
        'w-0123456789abcdef0',
        'transfer',
        '2026-11-20 15:17:33Z',
        '2 s',
        'ALREADY_EXISTS: it is there',
      ],
      [''],
    ]);
    const [titles] = linesOf([ORDER]);
    assert.deepEqual(titles, [
      'ID',
      'STATUS',
      'NAME',
      'TYPE',
      'SCOPE',
      'SYSTEM',
      'STARTED',
      'TOOK',
      'REASON',
    ]);
  });

  it('keeps the subject on a narrow terminal, and names where they are all that tells executions apart', () => {
    const [titles, line] = linesOf([UPLOAD], 88);
    assert.deepEqual(titles, ['ID', 'STATUS', 'SUBJECT', 'TOOK', 'REASON']);
    assert.deepEqual(line?.slice(2, 4), ['in/a.txt from alice', '2 s']);
    assert.deepEqual(linesOf([ORDER, UPLOAD], 88)[0]?.slice(0, 4), ['ID', 'STATUS', 'SUBJECT', 'NAME']);
  });
});
