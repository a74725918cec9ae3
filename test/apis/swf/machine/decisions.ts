import {
  type Decision,
  type DecisionAttributes,
  type DecisionType,
  decisionKey,
} from '../../../../src/apis/swf/machine/decisions.ts';
import { activityType, workflowType } from './swf-world.ts';

export function decision<T extends DecisionType>(type: T, attributes: DecisionAttributes[T]): Decision {
  return { decisionType: type, [decisionKey(type)]: attributes };
}

type More<T extends DecisionType> = Partial<DecisionAttributes[T]>;

export const schedule = (activityId: string, more: More<'ScheduleActivityTask'> = {}): Decision =>
  decision('ScheduleActivityTask', { activityType, activityId, ...more });

export const cancelActivity = (activityId: string): Decision =>
  decision('RequestCancelActivityTask', { activityId });

export const complete = (result?: string): Decision => decision('CompleteWorkflowExecution', { result });

export const fail = (reason?: string, details?: string): Decision =>
  decision('FailWorkflowExecution', { reason, details });

export const cancel = (details?: string): Decision => decision('CancelWorkflowExecution', { details });

export const continueAsNew = (more: More<'ContinueAsNewWorkflowExecution'> = {}): Decision =>
  decision('ContinueAsNewWorkflowExecution', more);

export const marker = (markerName: string, details?: string): Decision =>
  decision('RecordMarker', { markerName, details });

export const timer = (timerId: string, startToFireTimeout: string): Decision =>
  decision('StartTimer', { timerId, startToFireTimeout });

export const cancelTimer = (timerId: string): Decision => decision('CancelTimer', { timerId });

export const child = (workflowId: string, more: More<'StartChildWorkflowExecution'> = {}): Decision =>
  decision('StartChildWorkflowExecution', { workflowType, workflowId, ...more });

export const signalExternal = (
  workflowId: string,
  more: More<'SignalExternalWorkflowExecution'> = {},
): Decision => decision('SignalExternalWorkflowExecution', { workflowId, signalName: 'ping', ...more });

export const cancelExternal = (
  workflowId: string,
  more: More<'RequestCancelExternalWorkflowExecution'> = {},
): Decision => decision('RequestCancelExternalWorkflowExecution', { workflowId, ...more });

export const lambda = (id: string, more: More<'ScheduleLambdaFunction'> = {}): Decision =>
  decision('ScheduleLambdaFunction', { id, name: 'resize', ...more });
