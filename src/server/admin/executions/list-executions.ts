import type { Call } from '../../../apis/api.ts';
import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { callerOf, mayDo, refusal } from '../access.ts';
import { type ListQuery, readListQuery, writeCursor } from './list-query.ts';
import { type ListedScope, mergeExecutions } from './merge-executions.ts';
import { homeOf, type OwnApiOptions } from './visible.ts';

const ACTION = 'orrery:ListExecutions';

/** Executions of all of the caller's scopes, open and closed, by the time of their start. */
export const listExecutions = (options: OwnApiOptions): HttpRoute => ({
  method: 'GET',
  path: '/api/v1/executions',
  access: 'signed',
  handle: async (request) => {
    const query = readListQuery(
      request.query,
      options.systems.map(({ name }) => name),
    );
    const scopes = await visibleScopes(options, callerOf(request), query);
    const { kernel, clock } = options;
    const { records, next } = await mergeExecutions(kernel, scopes, { ...query, now: clock.now() });
    return jsonAnswer({ executions: records, ...(next !== undefined && { cursor: writeCursor(next) }) });
  },
});

/** A caller who may list some scopes only sees these; one who may list none is refused. */
async function visibleScopes(
  { kernel, systems }: OwnApiOptions,
  call: Call,
  query: ListQuery,
): Promise<ListedScope[]> {
  const served = (await kernel.scopes()).filter(({ api }) => systems.some(({ name }) => name === api));
  const known = served.map((place) => ({ ...place, ...homeOf(systems, place) }));
  const own = known.filter(({ world }) => world.account === call.account);
  const allowed = own.filter(({ world }) => mayDo(call, ACTION, world.resource));
  if (allowed.length === 0 && !mayDo(call, ACTION, '*')) throw refusal(ACTION, '*');
  return allowed.filter(
    ({ system, world }) =>
      (query.system === undefined || system.name === query.system) &&
      (query.scope === undefined || world.name === query.scope),
  );
}
