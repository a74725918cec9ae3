import type { Script } from '../script.ts';
import { ask } from '../script.ts';

const insert = 'insert into scope (api, scope) values (?, ?) on conflict (api, scope) do nothing';
const select = 'select number from scope where api = ? and scope = ?';

/** The number that stands for a scope in other tables, or undefined if it has none yet. */
export function* findScope(api: string, scope: string): Script<number | undefined> {
  const [found] = yield* ask<{ number: number }>({ sql: select, values: [api, scope] });
  return found?.number;
}

/** The same, giving it a number when it has none. */
export function* internScope(api: string, scope: string): Script<number> {
  yield { sql: insert, rows: [[api, scope]] };
  const number = yield* findScope(api, scope);
  if (number === undefined) throw new Error(`scope ${scope} of ${api} was not stored`);
  return number;
}
