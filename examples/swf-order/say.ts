import type { Decision } from '@aws-sdk/client-swf';

const begun = Date.now();

/** Prints one line: seconds since the start, who speaks, and what. */
export function say(who: string, what: string): void {
  const seconds = ((Date.now() - begun) / 1000).toFixed(2);
  console.log(`${seconds.padStart(6)} s  ${who.padEnd(9)} ${what}`);
}

export function describeDecision(decision: Decision): string {
  const { scheduleActivityTaskDecisionAttributes: activity, startTimerDecisionAttributes: timer } = decision;
  if (activity) return `schedule ${activity.activityId}`;
  if (timer) return `wait ${timer.startToFireTimeout} s for ${timer.timerId}`;
  const { startChildWorkflowExecutionDecisionAttributes: child } = decision;
  if (child) return `start child ${child.workflowId}`;
  return decision.decisionType === 'CompleteWorkflowExecution' ? 'complete' : 'fail';
}
