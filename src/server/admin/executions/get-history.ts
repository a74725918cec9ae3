import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters, truth, wholeNumber } from '../parameters.ts';
import { findVisible, homeOf, type OwnApiOptions } from './visible.ts';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1_000;

/** Events from `from` on, in the direction asked for; `next` is the event to go on from, absent at the end. */
export const getHistory = ({ kernel, systems }: OwnApiOptions): HttpRoute => ({
  method: 'GET',
  path: '/api/v1/executions/:id/history',
  access: 'signed',
  handle: async (request) => {
    const { query } = request;
    knownParameters(query, ['from', 'limit', 'reverse']);
    const limit = wholeNumber(query, 'limit', { least: 1, most: LARGEST_LIMIT }) ?? DEFAULT_LIMIT;
    const given = wholeNumber(query, 'from', { least: 1, most: Number.MAX_SAFE_INTEGER });
    const isReverse = truth(query, 'reverse');
    const found = await findVisible(request, { systems, kernel, action: 'orrery:GetExecutionHistory' });
    const { identity, eventCount } = found;
    await kernel.durable();
    const start = Math.min(given ?? (isReverse ? eventCount : 1), eventCount + 1);
    const from = isReverse ? Math.max(1, start - limit + 1) : start;
    const to = Math.min(eventCount, isReverse ? start : start + limit - 1);
    const texts = await kernel.history(identity.id, from, to);
    const { readEvent } = homeOf(systems, identity).system.executions;
    const events = texts.map((text, index) => readEvent(text, from + index));
    const next = isReverse ? from - 1 : to + 1;
    const hasMore = isReverse ? next >= 1 : next <= eventCount;
    return jsonAnswer({ events: isReverse ? events.reverse() : events, ...(hasMore && { next }) });
  },
});
