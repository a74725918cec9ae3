import type { Query } from '../script.ts';

export const listScopes: Query<{ api: string; scope: string }> = {
  sql: 'select api, scope from scope order by api, scope',
  values: [],
};
