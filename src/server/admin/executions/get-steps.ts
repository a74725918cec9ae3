import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters, wholeNumber } from '../parameters.ts';
import { StepReaders } from './step-readers.ts';
import { findVisible, homeOf, type OwnApiOptions } from './visible.ts';

/**
 * The steps of an execution as a tree, none where its system knows no steps; with `since` (an event) only those that have
 * changed after it, in what they are in. `events` is how many events the answer rests on.
 */
export const getSteps = ({ kernel, systems }: OwnApiOptions): HttpRoute => {
  const readers = new StepReaders(kernel);
  return {
    method: 'GET',
    path: '/api/v1/executions/:id/steps',
    access: 'signed',
    handle: async (request) => {
      knownParameters(request.query, ['since']);
      const since = wholeNumber(request.query, 'since', { least: 0, most: Number.MAX_SAFE_INTEGER }) ?? 0;
      const found = await findVisible(request, { systems, kernel, action: 'orrery:GetExecutionHistory' });
      const { identity, eventCount: events } = found;
      const begin = homeOf(systems, identity).system.executions.readSteps;
      if (begin === undefined) return jsonAnswer({ steps: [], events });
      await kernel.durable();
      const reader = await readers.read(identity.id, events, begin);
      return jsonAnswer({ steps: reader.stepsSince(since), events });
    },
  };
};
