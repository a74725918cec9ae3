import type { HttpRoute } from '../../http-route.ts';
import { executionEvents } from './execution-events.ts';
import { getExecution } from './get-execution.ts';
import { getHistory } from './get-history.ts';
import { getSteps } from './get-steps.ts';
import { listExecutions } from './list-executions.ts';
import type { OwnApiOptions } from './visible.ts';

/** Orrery's own API: the executions of all systems in one shape. */
export function ownApi(options: OwnApiOptions): readonly HttpRoute[] {
  return [listExecutions, getExecution, getHistory, getSteps, executionEvents].map((route) => route(options));
}
