import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { describe, it } from 'node:test';
import { BufferGarbage } from '../../src/sftp/ssh/buffer-garbage.ts';

interface GcDetail {
  readonly kind: number;
}

describe('garbage of buffers', () => {
  it('is collected among the young, each time enough bytes have moved', async () => {
    const kinds: unknown[] = [];
    const seen = new AbortController();
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        kinds.push((entry as PerformanceEntry & { detail: GcDetail }).detail.kind);
      seen.abort();
    });
    observer.observe({ entryTypes: ['gc'] });
    const garbage = new BufferGarbage();
    for (let at = 0; at < 6; at += 1) garbage.moved(1024 * 1024);
    if (!seen.signal.aborted) await once(seen.signal, 'abort');
    observer.disconnect();
    assert.ok(kinds.includes(constants.NODE_PERFORMANCE_GC_MINOR));
  });
});
