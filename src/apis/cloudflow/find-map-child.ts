import type { CloudflowLink } from './cloudflow-link.ts';
import { findClosed, stateOf } from './executions.ts';
import { API } from './names.ts';
import type { FindChild } from './steps/storage/ended-child.ts';

/** Children of map runs as they have ended, for those who write results. */
export function findMapChild(link: CloudflowLink): FindChild {
  return async (scope, name) => {
    const found = await findClosed(await link.opened, { api: API, scope, name });
    if (found === undefined) return undefined;
    const { flow, status, input, outcome, startedAt, stoppedAt } = stateOf(found);
    return { name, flowName: flow.name, status, input, outcome, startedAt, stoppedAt };
  };
}
