import { closingDecisions, type Decision, decisionKey } from './decisions.ts';
import { requiresAttributes } from './inferred.ts';

export interface DecisionsCheck {
  /** In the service's own grammar of constraint violations. */
  readonly violations: readonly string[];
  /** The whole message of another validation error. */
  readonly error?: string;
}

/** What the model cannot say about a list of decisions: attributes fit the type, and closing is the last. */
export function checkDecisions(decisions: readonly Decision[]): DecisionsCheck {
  const violations = decisions.flatMap((decision, index) => {
    const { decisionType } = decision;
    const key = decisionKey(decisionType);
    const given = decision[key];
    if (given !== undefined && given !== null) return [];
    if (!requiresAttributes(decisionType)) return [];
    const path = `decisions.${index + 1}.member.${key}`;
    return [`Value null at '${path}' failed to satisfy constraint: Member must not be null`];
  });
  const closesEarly = decisions.slice(0, -1).some(({ decisionType }) => closingDecisions.has(decisionType));
  return closesEarly ? { violations, error: 'Close must be last decision in list' } : { violations };
}
