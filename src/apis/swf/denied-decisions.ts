import type { Call } from '../api.ts';
import type { Decision } from './machine/decisions.ts';
import { decisionPermission } from './permissions.ts';

const CAUSE = 'OPERATION_NOT_PERMITTED';

/** The index of each decision that the caller's policies forbid, with its cause; undefined when all are allowed. */
export function deniedDecisions(
  decisions: readonly Decision[],
  domain: string,
  call: Call,
): Readonly<Record<number, string>> | undefined {
  let denied: Record<number, string> | undefined;
  for (const [index, decision] of decisions.entries()) {
    if (call.allows(decisionPermission(call, domain, decision))) continue;
    denied ??= {};
    denied[index] = CAUSE;
  }
  return denied;
}
