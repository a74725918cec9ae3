import { type Question, readPolicy } from './document.ts';

/** Is it allowed? */
export type Decide = (question: Question) => boolean;

/**
 * Compiles the policies attached to one key or role: a matching Deny wins, then a matching Allow, else it is denied.
 * Undefined when none is attached, which for a key means that everything is allowed. Throws `PolicyError`.
 */
export function compilePolicies(documents: readonly unknown[]): Decide | undefined {
  if (documents.length === 0) return undefined;
  const statements = documents.flatMap(readPolicy);
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  const grants = statements.filter(({ effect }) => effect === 'Allow');
  return (question) =>
    !denials.some(({ applies }) => applies(question)) && grants.some(({ applies }) => applies(question));
}
