import type { Call } from '../api.ts';
import type { Decision, DecisionType } from './machine/decisions.ts';
import { decisionPermission } from './permissions.ts';
import type { Swf } from './swf.ts';

const NOT_PERMITTED = 'OPERATION_NOT_PERMITTED';

/** The cause of the failure when a decision comes too fast. */
const RATE_EXCEEDED: Readonly<Partial<Record<DecisionType, string>>> = {
  ScheduleActivityTask: 'ACTIVITY_CREATION_RATE_EXCEEDED',
  StartTimer: 'TIMER_CREATION_RATE_EXCEEDED',
  SignalExternalWorkflowExecution: 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED',
  RequestCancelExternalWorkflowExecution: 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_RATE_EXCEEDED',
  StartChildWorkflowExecution: 'CHILD_CREATION_RATE_EXCEEDED',
};

type Causes = Readonly<Record<number, string>> | undefined;

/** The index of each decision that policies or rates forbid, with its cause; undefined when none is. */
export function deniedDecisions(
  swf: Swf,
  request: { readonly decisions: readonly Decision[]; readonly domain: string },
  call: Call,
): { readonly denied: Causes; readonly tooFast: Causes } {
  const { decisions, domain } = request;
  return {
    denied: causes(decisions, (decision) => forbidden(decision, domain, call)),
    tooFast: swf.rates.areOff ? undefined : causes(decisions, (decision) => tooFast(swf, decision, call)),
  };
}

function causes(decisions: readonly Decision[], causeOf: (decision: Decision) => string | undefined): Causes {
  let found: Record<number, string> | undefined;
  for (const [index, decision] of decisions.entries()) {
    const cause = causeOf(decision);
    if (cause === undefined) continue;
    found ??= {};
    found[index] = cause;
  }
  return found;
}

function forbidden(decision: Decision, domain: string, call: Call): string | undefined {
  if (!call.isRestricted) return undefined;
  return call.allows(decisionPermission(call, domain, decision)) ? undefined : NOT_PERMITTED;
}

function tooFast({ rates }: Swf, { decisionType }: Decision, call: Call): string | undefined {
  const cause = RATE_EXCEEDED[decisionType];
  if (cause === undefined || rates.allow(`decision.${decisionType}`, call)) return undefined;
  return cause;
}
