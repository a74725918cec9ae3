import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters } from '../parameters.ts';
import { findVisible, homeOf, type OwnApiOptions } from './visible.ts';

const EVENTS_AT_ONCE = 500;

/** The steps of an execution as a tree; none where its system knows no steps. */
export const getSteps = ({ kernel, systems }: OwnApiOptions): HttpRoute => ({
  method: 'GET',
  path: '/api/v1/executions/:id/steps',
  access: 'signed',
  handle: async (request) => {
    knownParameters(request.query, []);
    const found = await findVisible(request, { systems, kernel, action: 'orrery:GetExecutionHistory' });
    const { identity, eventCount } = found;
    const reader = homeOf(systems, identity).system.executions.readSteps?.();
    if (reader === undefined) return jsonAnswer({ steps: [] });
    await kernel.durable();
    for (let from = 1; from <= eventCount; from += EVENTS_AT_ONCE) {
      const texts = await kernel.history(identity.id, from, Math.min(eventCount, from + EVENTS_AT_ONCE - 1));
      for (const [index, text] of texts.entries()) reader.read(text, from + index);
    }
    return jsonAnswer({ steps: reader.steps });
  },
});
