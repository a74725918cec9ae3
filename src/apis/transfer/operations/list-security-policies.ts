import type { Call } from '../../api.ts';
import type { ListSecurityPoliciesRequest, ListSecurityPoliciesResponse } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { SECURITY_POLICIES } from '../resources/security-policies.ts';
import type { Transfer } from '../transfer.ts';

const NAMES = SECURITY_POLICIES.map(({ name }) => name).sort();

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListSecurityPolicies.html */
export function listSecurityPolicies(
  transfer: Transfer,
  input: ListSecurityPoliciesRequest,
  call: Call,
): ListSecurityPoliciesResponse {
  const query = queryOf('ListSecurityPolicies', input, call);
  const list = { items: NAMES, keyOf: (name: string) => name };
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { SecurityPolicyNames: items, ...next };
}
