import type { Query } from '../script.ts';

const sql = `select 1 from closed_execution as e join scope as s on s.number = e.scope
  where s.api = ? and s.scope = ? and e.name = ? limit 1`;

/** Gives a row when some closed execution has that name, expired or not: one step into an index. */
export const probeClosedName = (api: string, scope: string, name: string): Query<object> => ({
  sql,
  values: [api, scope, name],
});
