import type { ShardBatch } from '../../../kernel/store.ts';
import type { Value, Write } from '../script.ts';

const send = 'insert into outbox (shard, sequence, target_shard, message) values (?, ?, ?, ?)';
const remove = 'delete from outbox where shard = ? and sequence = ?';
const advance = `insert into cursor (shard, source, sequence) values (?, ?, ?)
  on conflict (shard, source) do update set sequence = excluded.sequence`;

/** Messages sent, messages delivered, and what has been received from others. */
export type OutboxRows = Readonly<Record<'sent' | 'delivered' | 'cursors', Value[][]>>;

export const noOutboxRows = (): OutboxRows => ({ sent: [], delivered: [], cursors: [] });

export function collectOutbox({ shard, sent, delivered, cursors }: ShardBatch, rows: OutboxRows): void {
  for (const row of sent) rows.sent.push([shard, row.sequence, row.targetShard, row.message]);
  for (const sequence of delivered) rows.delivered.push([shard, sequence]);
  for (const { source, sequence } of cursors) rows.cursors.push([shard, source, sequence]);
}

export const writeOutbox = ({ sent, delivered, cursors }: OutboxRows): readonly Write[] => [
  { sql: send, rows: sent },
  { sql: remove, rows: delivered },
  { sql: advance, rows: cursors },
];
