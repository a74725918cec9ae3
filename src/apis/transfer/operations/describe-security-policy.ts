import type { DescribeSecurityPolicyRequest, DescribeSecurityPolicyResponse } from '../model/types.gen.ts';
import { describedSecurityPolicy, findSecurityPolicy } from '../resources/security-policies.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeSecurityPolicy.html */
export function describeSecurityPolicy(
  _transfer: Transfer,
  { SecurityPolicyName: name }: DescribeSecurityPolicyRequest,
): DescribeSecurityPolicyResponse {
  return { SecurityPolicy: describedSecurityPolicy(findSecurityPolicy(name)) };
}
