import type { Clock } from '../../../kernel/clock.ts';
import type { ExecutionViews } from '../../api.ts';
import { readScope } from '../execution.ts';
import { arnOf } from '../names.ts';
import { eventRecord } from './event-record.ts';
import { describeExecution } from './execution-record.ts';
import { StepTree } from './step-tree.ts';

/** How Orrery's own API shows workflows at work. */
export function executionViews(clock: Clock): ExecutionViews {
  return {
    worldOf: (scope) => {
      const { world, workflowId } = readScope(scope);
      const resource = arnOf(world, { kind: 'workflow', workflowId });
      return { ...world, name: workflowId, resource };
    },
    describe: (execution) => describeExecution(execution, clock.now()),
    readEvent: eventRecord,
    readSteps: () => new StepTree(),
  };
}
