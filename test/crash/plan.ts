import type { ExecutionName, HistoryEvent } from './events.ts';
import type { Ledger } from './ledger.ts';
import { isIdle, type OpenWork, openWork } from './open-work.ts';
import type { Random } from './random.ts';
import { ACTIVITY_TYPE, WORKFLOW_TYPE } from './world.ts';

export interface Decision {
  readonly decisionType: string;
  readonly [attributes: string]: unknown;
}

export interface Situation {
  readonly random: Random;
  readonly ledger: Ledger;
  readonly run: ExecutionName;
  readonly events: readonly HistoryEvent[];
  /** Nothing new: wait for what is open, then close. */
  readonly draining: boolean;
}

/** After this many completed decisions an execution comes to its end. */
const MOST_STEPS = 5;

/** What a decider does next: now and then everything that SWF knows, and never a dead end. */
export function plan(situation: Situation): readonly Decision[] {
  const { random, events, draining } = situation;
  const open = openWork(events);
  const steps = events.filter(({ eventType }) => eventType === 'DecisionTaskCompleted').length;
  const mayGoOn = !draining && steps < MOST_STEPS;
  if (mayGoOn && !random.chance(0.15)) return newWork(situation, open);
  // Now and then an execution closes over what is open, so that its children feel its policy.
  if (isIdle(open) || (!draining && random.chance(0.1))) return [closing(situation)];
  return [];
}

function newWork(situation: Situation, open: OpenWork): readonly Decision[] {
  const { random, ledger } = situation;
  const decisions = Array.from({ length: 1 + random.below(3) }, () => anything(situation, open));
  const canceled = new Set(decisions.map((decision) => canceledTimer(decision)));
  const timersLeft = [...open.timers.values()].filter((timerId) => !canceled.has(timerId));
  const isWaiting =
    timersLeft.length + open.activities.size + open.children.size + open.messages.size > 0 ||
    decisions.some(({ decisionType }) => !SILENT.has(decisionType));
  return isWaiting ? decisions : [...decisions, activity(random, ledger)];
}

/** After these alone no further decision task would come. */
const SILENT = new Set(['RecordMarker', 'CancelTimer', 'RequestCancelActivityTask']);

function canceledTimer(decision: Decision): string | undefined {
  return (decision.cancelTimerDecisionAttributes as { timerId: string } | undefined)?.timerId;
}

function anything(situation: Situation, open: OpenWork): Decision {
  const { random, ledger } = situation;
  const dice = random.below(100);
  if (dice < 40) return activity(random, ledger);
  if (dice < 55) return timer(random, ledger);
  if (dice < 62) return marker(ledger);
  if (dice < 72) return child(situation);
  if (dice < 82) return signal(situation);
  if (dice < 86) return cancelOther(situation);
  const timerId = random.pick([...open.timers.values()]);
  if (dice < 93 && timerId !== undefined)
    return { decisionType: 'CancelTimer', cancelTimerDecisionAttributes: { timerId } };
  const activityId = random.pick([...open.activities.values()]);
  if (activityId === undefined) return timer(random, ledger);
  return {
    decisionType: 'RequestCancelActivityTask',
    requestCancelActivityTaskDecisionAttributes: { activityId },
  };
}

function activity(random: Random, ledger: Ledger): Decision {
  const activityId = ledger.nonce('a');
  return {
    decisionType: 'ScheduleActivityTask',
    scheduleActivityTaskDecisionAttributes: {
      activityType: ACTIVITY_TYPE,
      activityId,
      input: activityId,
      ...(random.chance(0.2) && { heartbeatTimeout: '1', startToCloseTimeout: '3' }),
      ...(random.chance(0.3) && { taskPriority: String(random.below(3)) }),
    },
  };
}

function timer(random: Random, ledger: Ledger): Decision {
  const timerId = ledger.nonce('t');
  const startToFireTimeout = String(random.pick([0, 1, 1, 2, 3]));
  return { decisionType: 'StartTimer', startTimerDecisionAttributes: { timerId, startToFireTimeout } };
}

function marker(ledger: Ledger): Decision {
  return {
    decisionType: 'RecordMarker',
    recordMarkerDecisionAttributes: { markerName: 'note', details: ledger.nonce('m') },
  };
}

function child({ random, ledger, run }: Situation): Decision {
  // Grandchildren, but no further; and now and then a name that may be taken.
  const isDeep = run.workflowId.split('-').length > 2;
  const taken = random.pick(ledger.runs.slice(-20))?.workflowId ?? run.workflowId;
  const workflowId = isDeep || random.chance(0.1) ? taken : `${run.workflowId}-${ledger.nonce('c')}`;
  return {
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: {
      workflowType: WORKFLOW_TYPE,
      workflowId,
      input: ledger.nonce('i'),
      childPolicy: random.pick(['TERMINATE', 'REQUEST_CANCEL', 'ABANDON']),
    },
  };
}

function signal(situation: Situation): Decision {
  return {
    decisionType: 'SignalExternalWorkflowExecution',
    signalExternalWorkflowExecutionDecisionAttributes: {
      ...target(situation),
      signalName: 'from-another',
      input: situation.ledger.nonce('x'),
    },
  };
}

function cancelOther(situation: Situation): Decision {
  return {
    decisionType: 'RequestCancelExternalWorkflowExecution',
    requestCancelExternalWorkflowExecutionDecisionAttributes: target(situation),
  };
}

function target({ random, ledger, run }: Situation): { workflowId: string; runId?: string } {
  const { workflowId, runId } = random.pick(ledger.runs.slice(-12)) ?? run;
  if (random.chance(0.05)) return { workflowId: 'nobody' };
  return random.chance(0.5) ? { workflowId, runId } : { workflowId };
}

function closing({ random, ledger, draining }: Situation): Decision {
  const dice = random.below(draining ? 85 : 100);
  const details = ledger.nonce('e');
  if (dice < 55)
    return {
      decisionType: 'CompleteWorkflowExecution',
      completeWorkflowExecutionDecisionAttributes: { result: details },
    };
  if (dice < 70)
    return {
      decisionType: 'FailWorkflowExecution',
      failWorkflowExecutionDecisionAttributes: { reason: 'dice', details },
    };
  if (dice < 85)
    return {
      decisionType: 'CancelWorkflowExecution',
      cancelWorkflowExecutionDecisionAttributes: { details },
    };
  return {
    decisionType: 'ContinueAsNewWorkflowExecution',
    continueAsNewWorkflowExecutionDecisionAttributes: {
      input: details,
      childPolicy: random.pick(['TERMINATE', 'REQUEST_CANCEL', 'ABANDON']),
    },
  };
}
