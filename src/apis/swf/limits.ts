import { defaultLimits, type Limits } from './machine/values.ts';

/** Quotas of one account and region, and of one execution. */
export interface SwfLimits {
  /** Registered and deprecated domains of an account. */
  readonly domains: number;
  /** Workflow types of a domain, and as many activity types. */
  readonly types: number;
  readonly openExecutions: number;
  readonly pollers: number;
  readonly domainTags: number;
  /** Of each execution. */
  readonly execution: Limits;
}

/** The vendor's own: https://docs.aws.amazon.com/amazonswf/latest/developerguide/swf-dg-limits.html */
export const swfLimits: SwfLimits = {
  domains: 100,
  types: 10_000,
  openExecutions: 100_000,
  pollers: 1_000,
  domainTags: 50,
  execution: defaultLimits,
};
