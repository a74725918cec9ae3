import { type Decision, type DecisionAttributes, decisionKey } from './decisions.ts';
import type { SwfState } from './state.ts';
import type { ChildPolicy, TaskList, Text, VersionedType } from './values.ts';

type RegistrationStatus = 'REGISTERED' | 'DEPRECATED';

/** A registered activity type with those defaults that it was given, under their names on the wire. */
export interface RegisteredActivityType {
  readonly status: RegistrationStatus;
  readonly defaultTaskList?: TaskList | undefined;
  readonly defaultTaskPriority?: Text;
  readonly defaultTaskStartToCloseTimeout?: Text;
  readonly defaultTaskHeartbeatTimeout?: Text;
  readonly defaultTaskScheduleToStartTimeout?: Text;
  readonly defaultTaskScheduleToCloseTimeout?: Text;
}

/** A registered workflow type with those defaults that it was given, under their names on the wire. */
export interface RegisteredWorkflowType {
  readonly status: RegistrationStatus;
  readonly defaultTaskList?: TaskList | undefined;
  readonly defaultTaskPriority?: Text;
  readonly defaultTaskStartToCloseTimeout?: Text;
  readonly defaultExecutionStartToCloseTimeout?: Text;
  readonly defaultChildPolicy?: ChildPolicy | undefined;
  readonly defaultLambdaRole?: Text;
}

/** What decisions need to know of the domain; types under their `typeKey`, absent when not registered. */
export interface TypeLookups {
  readonly activity: Readonly<Record<string, RegisteredActivityType | undefined>>;
  readonly workflow: Readonly<Record<string, RegisteredWorkflowType | undefined>>;
  /** How many more executions the domain may have open. */
  readonly openExecutionsQuota: number;
}

export const noTypes: TypeLookups = {
  activity: {},
  workflow: {},
  openExecutionsQuota: Number.MAX_SAFE_INTEGER,
};

export function typeKey(type: VersionedType): string {
  return `${type.name}\u0000${type.version}`;
}

export interface ReferencedTypes {
  readonly activity: readonly VersionedType[];
  readonly workflow: readonly VersionedType[];
}

/** The types that these decisions name, each once: to be looked up before they are applied. */
export function referencedTypes(decisions: readonly Decision[], state: SwfState): ReferencedTypes {
  const activity = new Map<string, VersionedType>();
  const workflow = new Map<string, VersionedType>();
  for (const decision of decisions) {
    const attributes = decision[decisionKey(decision.decisionType)];
    if (decision.decisionType === 'ScheduleActivityTask') {
      const { activityType } = attributes as DecisionAttributes['ScheduleActivityTask'];
      activity.set(typeKey(activityType), activityType);
    } else if (decision.decisionType === 'StartChildWorkflowExecution') {
      const { workflowType } = attributes as DecisionAttributes['StartChildWorkflowExecution'];
      workflow.set(typeKey(workflowType), workflowType);
    } else if (decision.decisionType === 'ContinueAsNewWorkflowExecution') {
      const { workflowTypeVersion } = (attributes ??
        {}) as DecisionAttributes['ContinueAsNewWorkflowExecution'];
      const next = nextType(state, workflowTypeVersion);
      workflow.set(typeKey(next), next);
    }
  }
  return { activity: [...activity.values()], workflow: [...workflow.values()] };
}

/** The type of the execution that continues this one. */
export function nextType(state: SwfState, version: Text): VersionedType {
  return version === undefined ? state.workflowType : { name: state.workflowType.name, version };
}
