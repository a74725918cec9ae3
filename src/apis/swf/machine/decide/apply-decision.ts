import { type Decision, type DecisionAttributes, decisionKey } from '../decisions.ts';
import { canBeDenied } from '../inferred.ts';
import { requestCancelActivityTask, scheduleActivityTask } from './activity-decisions.ts';
import type { Batch, DecisionHandler } from './batch.ts';
import { startChild } from './child-decisions.ts';
import { cancelExecution, completeExecution, failExecution } from './closing-decisions.ts';
import { continueAsNew } from './continue-as-new.ts';
import { requestCancelExternal, signalExternal } from './external-decisions.ts';
import { scheduleLambda } from './lambda-decisions.ts';
import { recordMarker } from './marker.ts';
import { cancelTimer, startTimer } from './timer.ts';

type Handlers = { readonly [T in keyof DecisionAttributes]: DecisionHandler<DecisionAttributes[T]> };

const handlers: Handlers = {
  ScheduleActivityTask: scheduleActivityTask,
  RequestCancelActivityTask: requestCancelActivityTask,
  CompleteWorkflowExecution: completeExecution,
  FailWorkflowExecution: failExecution,
  CancelWorkflowExecution: cancelExecution,
  ContinueAsNewWorkflowExecution: continueAsNew,
  RecordMarker: recordMarker,
  StartTimer: startTimer,
  CancelTimer: cancelTimer,
  SignalExternalWorkflowExecution: signalExternal,
  RequestCancelExternalWorkflowExecution: requestCancelExternal,
  StartChildWorkflowExecution: startChild,
  ScheduleLambdaFunction: scheduleLambda,
};

export function applyDecision(batch: Batch, decision: Decision, denied: string | undefined): void {
  const { decisionType } = decision;
  const handler = handlers[decisionType] as DecisionHandler<unknown>;
  handler(batch, decision[decisionKey(decisionType)] ?? {}, canBeDenied(decisionType) ? denied : undefined);
}
