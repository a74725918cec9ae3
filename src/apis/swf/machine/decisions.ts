import type { ChildPolicy, TaskList, Text, VersionedType } from './values.ts';

interface ExecutionOverrides {
  readonly input?: Text;
  readonly executionStartToCloseTimeout?: Text;
  readonly taskList?: TaskList | undefined;
  readonly taskPriority?: Text;
  readonly taskStartToCloseTimeout?: Text;
  readonly childPolicy?: ChildPolicy | undefined;
  readonly tagList?: readonly string[] | undefined;
  readonly lambdaRole?: Text;
}

/** Attributes of every decision, as on the wire. */
export interface DecisionAttributes {
  ScheduleActivityTask: {
    readonly activityType: VersionedType;
    readonly activityId: string;
    readonly control?: Text;
    readonly input?: Text;
    readonly scheduleToCloseTimeout?: Text;
    readonly taskList?: TaskList | undefined;
    readonly taskPriority?: Text;
    readonly scheduleToStartTimeout?: Text;
    readonly startToCloseTimeout?: Text;
    readonly heartbeatTimeout?: Text;
  };
  RequestCancelActivityTask: { readonly activityId: string };
  CompleteWorkflowExecution: { readonly result?: Text };
  FailWorkflowExecution: { readonly reason?: Text; readonly details?: Text };
  CancelWorkflowExecution: { readonly details?: Text };
  ContinueAsNewWorkflowExecution: ExecutionOverrides & { readonly workflowTypeVersion?: Text };
  RecordMarker: { readonly markerName: string; readonly details?: Text };
  StartTimer: { readonly timerId: string; readonly control?: Text; readonly startToFireTimeout: string };
  CancelTimer: { readonly timerId: string };
  SignalExternalWorkflowExecution: {
    readonly workflowId: string;
    readonly runId?: Text;
    readonly signalName: string;
    readonly input?: Text;
    readonly control?: Text;
  };
  RequestCancelExternalWorkflowExecution: {
    readonly workflowId: string;
    readonly runId?: Text;
    readonly control?: Text;
  };
  StartChildWorkflowExecution: ExecutionOverrides & {
    readonly workflowType: VersionedType;
    readonly workflowId: string;
    readonly control?: Text;
  };
  ScheduleLambdaFunction: {
    readonly id: string;
    readonly name: string;
    readonly control?: Text;
    readonly input?: Text;
    readonly startToCloseTimeout?: Text;
  };
}

export type DecisionType = keyof DecisionAttributes;

/** A decision as on the wire: its attributes are under `<decisionType>DecisionAttributes`, first letter small. */
export interface Decision {
  readonly decisionType: DecisionType;
  readonly [attributes: AttributesKey]: unknown;
}

export const closingDecisions: ReadonlySet<DecisionType> = new Set<DecisionType>([
  'CompleteWorkflowExecution',
  'FailWorkflowExecution',
  'CancelWorkflowExecution',
  'ContinueAsNewWorkflowExecution',
]);

type AttributesKey = `${string}DecisionAttributes`;

/** In the order in which the service's own messages list them. */
export const decisionTypes = [
  'CompleteWorkflowExecution',
  'StartTimer',
  'RequestCancelExternalWorkflowExecution',
  'SignalExternalWorkflowExecution',
  'CancelTimer',
  'RecordMarker',
  'ScheduleActivityTask',
  'ContinueAsNewWorkflowExecution',
  'ScheduleLambdaFunction',
  'FailWorkflowExecution',
  'RequestCancelActivityTask',
  'StartChildWorkflowExecution',
  'CancelWorkflowExecution',
] as const satisfies readonly DecisionType[];

const keys: ReadonlyMap<string, AttributesKey> = new Map(
  decisionTypes.map((type): [string, AttributesKey] => [
    type,
    `${type.charAt(0).toLowerCase()}${type.slice(1)}DecisionAttributes`,
  ]),
);

/** Name of the member that holds the attributes of decisions of this type. */
export function decisionKey(type: DecisionType): AttributesKey {
  return keys.get(type) ?? `${type}DecisionAttributes`;
}
