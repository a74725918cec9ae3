import type { Query } from '../script.ts';

export const listExpired = (now: number, limit: number): Query<{ shard: number; id: string }> => ({
  sql: `select shard, id from closed_execution where expires_at is not null and expires_at <= ?
    order by expires_at, shard, id limit ?`,
  values: [now, limit],
});
