import { compilePolicies, type Decide } from './policy.ts';

/** A role of the configuration with the policy documents attached to it. */
export interface Role {
  readonly arn: string;
  readonly policies: readonly unknown[];
}

/** What a role may do, by its ARN, which is empty where no role is given; undefined when that is everything. */
export type RolePolicies = (arn: string) => Decide | undefined;

const nothing: Decide = () => false;

/**
 * A role that is listed may do what its policies allow, as in IAM and RAM, so without policies nothing. One that is not
 * listed may do everything, or nothing when `strict`. Throws `PolicyError`.
 */
export function rolePolicies(roles: readonly Role[], strict: boolean): RolePolicies {
  const listed = new Map(roles.map(({ arn, policies }) => [arn, compilePolicies(policies) ?? nothing]));
  const unlisted = strict ? nothing : undefined;
  return (arn) => listed.get(arn) ?? unlisted;
}
