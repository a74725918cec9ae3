import type { Permission } from '../apis/api.ts';
import { createAlibaba, type NonceMemory } from '../wire/signatures/alibaba.ts';
import type { AlibabaRequest } from '../wire/signatures/alibaba-request.ts';
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

/** Alibaba's signatures name neither region nor service. */
export type AuthenticateAlibaba = (request: AlibabaRequest, now: number) => Verified<Principal>;

/** Who sent a request, for each vendor's kinds of signatures. */
export interface Authentication {
  readonly aws: Authenticate;
  readonly alibaba: AuthenticateAlibaba;
}

/** Every request must be signed by one of these keys; `region` is for signatures that name none. */
export function authenticateByKey(
  principals: readonly Principal[],
  region: string,
  memory?: NonceMemory,
): Authentication {
  const byId = new Map(principals.map((principal) => [principal.id, principal]));
  const find = (id: string): Principal | undefined => byId.get(id);
  const verifyAlibaba = createAlibaba(find, memory);
  return {
    aws: createAwsV4(find),
    alibaba: (request, now) => ({ key: verifyAlibaba(request, now), region, service: '' }),
  };
}

/** Believes every caller; only the region is taken from the signature's scope, where there is one. */
export function authenticateNobody(account: string, region: string): Authentication {
  const key: Principal = {
    id: 'anonymous',
    secret: '',
    account,
    arn: `arn:aws:iam::${account}:user/anonymous`,
  };
  return {
    aws: (request, services) => {
      const header = request.headers.authorization;
      const scope =
        typeof header === 'string' ? /Credential=[^/,\s]*\/\d{8}\/([^/,\s]+)\//.exec(header) : null;
      return { key, region: scope?.[1] ?? region, service: services[0] ?? '' };
    },
    alibaba: () => ({ key, region, service: '' }),
  };
}
