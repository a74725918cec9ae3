import type { Limits } from './machine/values.ts';

/** Quotas of one account and region, and of one execution. */
export interface SwfLimits {
  /** Registered and deprecated domains of an account. */
  readonly domains: number;
  /** Of a domain, by kind. */
  readonly types: Readonly<Record<'WorkflowType' | 'ActivityType', number>>;
  readonly openExecutions: number;
  readonly pollers: number;
  readonly domainTags: number;
  /** Of each execution. */
  readonly execution: Limits;
}

/** From the settings under `limits:`, where 0 stands for no limit. */
export function swfLimitsFrom(values: Readonly<Record<string, number>>): SwfLimits {
  const limit = (name: string): number => values[`swf.${name}`] || Number.MAX_SAFE_INTEGER;
  return {
    domains: limit('domains'),
    types: { WorkflowType: limit('workflowTypes'), ActivityType: limit('activityTypes') },
    openExecutions: limit('openExecutions'),
    pollers: limit('pollers'),
    domainTags: limit('domainTags'),
    execution: {
      events: limit('historyEvents'),
      openActivities: limit('openActivities'),
      openTimers: limit('openTimers'),
      openChildren: limit('openChildren'),
      openLambdas: limit('openLambdaFunctions'),
    },
  };
}
