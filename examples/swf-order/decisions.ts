import type { Decision } from '@aws-sdk/client-swf';
import { type Activity, VERSION, type Workflow } from './application.ts';

/** Each attempt has an id of its own. */
export function scheduleActivity(name: Activity, attempt: number, input: unknown): Decision {
  return {
    decisionType: 'ScheduleActivityTask',
    scheduleActivityTaskDecisionAttributes: {
      activityType: { name, version: VERSION },
      activityId: `${name}-${attempt}`,
      input: JSON.stringify(input),
    },
  };
}

export function startTimer(timerId: string, seconds: number): Decision {
  return {
    decisionType: 'StartTimer',
    startTimerDecisionAttributes: { timerId, startToFireTimeout: String(seconds) },
  };
}

export function startChild(name: Workflow, workflowId: string, input: unknown): Decision {
  return {
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: {
      workflowType: { name, version: VERSION },
      workflowId,
      input: JSON.stringify(input),
    },
  };
}

export function complete(result: string): Decision {
  return {
    decisionType: 'CompleteWorkflowExecution',
    completeWorkflowExecutionDecisionAttributes: { result },
  };
}

export function fail(reason: string): Decision {
  return {
    decisionType: 'FailWorkflowExecution',
    failWorkflowExecutionDecisionAttributes: { reason },
  };
}
