import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters, wholeNumber } from '../parameters.ts';
import { awaitChange } from './await-change.ts';
import { currentRecord } from './execution-record.ts';
import { findVisible, type OwnApiOptions } from './visible.ts';

const LONGEST_WAIT = 60;

/**
 * One execution. With `wait` (seconds) and `since` (a version) the answer waits until the version is a later one, the
 * execution is closed or the time is up.
 */
export const getExecution = ({ kernel, systems, clock }: OwnApiOptions): HttpRoute => ({
  method: 'GET',
  path: '/api/v1/executions/:id',
  access: 'signed',
  handle: async (request) => {
    const { query } = request;
    knownParameters(query, ['wait', 'since']);
    const wait = wholeNumber(query, 'wait', { least: 0, most: LONGEST_WAIT }) ?? 0;
    const since = wholeNumber(query, 'since', { least: 0, most: Number.MAX_SAFE_INTEGER });
    const found = await findVisible(request, { systems, kernel, action: 'orrery:GetExecution' });
    const { id } = found.identity;
    if (wait > 0) {
      const seen = since ?? found.version;
      const deadline = clock.now() + wait * 1000;
      const { signal } = request;
      await awaitChange({ kernel, clock, id, deadline, signal }, ({ version }) => version > seen);
    }
    return jsonAnswer(await currentRecord(kernel, systems, id));
  },
});
