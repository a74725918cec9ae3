import { compilePolicies, type Decide } from '../../../policy/policy.ts';
import type { SessionUser } from './session-user.ts';

const VARIABLE = /\$\{transfer:(HomeBucket|HomeFolder|HomeDirectory|UserName)\}/g;

/**
 * The session policy of a user with its variables filled in; undefined when there is none. Throws `PolicyError`, and
 * `SyntaxError` for what is not JSON: https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html
 */
export function sessionPolicy(user: SessionUser): Decide | undefined {
  if (user.policy === undefined || user.policy === '') return undefined;
  const values = variablesOf(user);
  // Within the parsed document, so that no value can change its structure.
  const fill = (text: string): string =>
    text.replace(VARIABLE, (variable, name: string) => values.get(name) ?? variable);
  const document: unknown = JSON.parse(user.policy, (_, value) =>
    typeof value === 'string' ? fill(value) : value,
  );
  return compilePolicies([document]);
}

/** Those of the home directory mean something only where there is one. */
function variablesOf({ userName, homeDirectory, homeDirectoryType }: SessionUser): ReadonlyMap<string, string> {
  const values = new Map([['UserName', userName]]);
  if (homeDirectoryType === 'LOGICAL' || homeDirectory === undefined) return values;
  const directory = homeDirectory.replace(/^\/+/, '');
  const [bucket = '', ...folder] = directory.split('/');
  return values.set('HomeDirectory', directory).set('HomeBucket', bucket).set('HomeFolder', folder.join('/'));
}
