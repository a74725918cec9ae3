import type { Permission } from '../apis/api.ts';
import { type AccessKey, createAwsV4, type Verified, type VerifyAwsV4 } from '../wire/signatures/aws-v4.ts';

/** A configured key and what it may do. */
export interface Principal extends AccessKey {
  readonly account: string;
  /** How refusals name it, for example `arn:aws:iam::000000000000:user/OPS`. */
  readonly arn: string;
  /** Absent means everything is allowed. */
  readonly allows?: (permission: Permission) => boolean;
}

export type Authenticate = VerifyAwsV4<Principal>;

/** Every request must be signed by one of these keys. */
export function authenticateByKey(principals: readonly Principal[]): Authenticate {
  const byId = new Map(principals.map((principal) => [principal.id, principal]));
  return createAwsV4((id) => byId.get(id));
}

/** Believes every caller; only the region is taken from the signature's scope, where there is one. */
export function authenticateNobody(account: string, region: string): Authenticate {
  const key: Principal = {
    id: 'anonymous',
    secret: '',
    account,
    arn: `arn:aws:iam::${account}:user/anonymous`,
  };
  return (request, services): Verified<Principal> => {
    const header = request.headers.authorization;
    const scope = typeof header === 'string' ? /Credential=[^/,\s]*\/\d{8}\/([^/,\s]+)\//.exec(header) : null;
    return { key, region: scope?.[1] ?? region, service: services[0] ?? '' };
  };
}
