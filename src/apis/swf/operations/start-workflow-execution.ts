import type { Call } from '../../api.ts';
import { describeType, fault } from '../faults.ts';
import type { Start } from '../machine/commands.ts';
import { resolveConfiguration } from '../machine/decide/resolve-configuration.ts';
import type { Run, StartWorkflowExecutionInput } from '../model/types.gen.ts';
import { API, scopeOf } from '../names.ts';
import { findActiveDomain, retentionDays } from '../resources/domains.ts';
import { findType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** The type's member that is missing, as the fault names it, by the machine's cause; checked in this order. */
const UNDEFINED_DEFAULTS: Readonly<Record<string, string>> = {
  DEFAULT_TASK_LIST_UNDEFINED: 'defaultTaskList',
  DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED: 'defaultExecutionStartToCloseTimeout',
  DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED: 'defaultTaskStartToCloseTimeout',
  DEFAULT_CHILD_POLICY_UNDEFINED: 'defaultChildPolicy',
};

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_StartWorkflowExecution.html */
export function startWorkflowExecution(swf: Swf, input: StartWorkflowExecutionInput, call: Call): Run {
  const domain = findActiveDomain(swf, call, input.domain);
  const command: Start = {
    type: 'start',
    ...configurationOf(swf, input, call),
    workflowType: { name: input.workflowType.name, version: input.workflowType.version },
    input: input.input,
    tagList: input.tagList,
    retentionDays: retentionDays(domain),
    limits: swf.limits.execution,
  };
  const target = { api: API, scope: scopeOf(call, input.domain), name: input.workflowId };
  if (swf.kernel.isOpen(target)) throw fault('WorkflowExecutionAlreadyStartedFault', 'Already Started');
  if (swf.kernel.countOpen(API, target.scope) >= swf.limits.openExecutions) {
    throw fault('LimitExceededFault', `The domain has ${swf.limits.openExecutions} open executions already.`);
  }
  return { runId: swf.kernel.start(target, command).identity.id };
}

function configurationOf(swf: Swf, input: StartWorkflowExecutionInput, call: Call) {
  const { workflowType } = input;
  const home = { world: call, domain: input.domain, kind: 'WorkflowType' } as const;
  const { document } = findType(swf, home, workflowType);
  if (document.status === 'DEPRECATED') {
    throw fault('TypeDeprecatedFault', describeType('WorkflowType', workflowType));
  }
  const configuration = resolveConfiguration(input, { status: 'REGISTERED', ...document.defaults }, [
    'taskList',
    'executionStartToCloseTimeout',
    'taskStartToCloseTimeout',
    'childPolicy',
  ]);
  if (typeof configuration !== 'string') return configuration;
  throw fault('DefaultUndefinedFault', UNDEFINED_DEFAULTS[configuration] ?? configuration);
}
