import { compilePolicies, type Decide } from '../../../policy/policy.ts';
import { filledPolicy, type PolicyVariables } from '../resources/session-policy.ts';
import type { SessionUser } from './session-user.ts';
import { readStoragePath } from './storage-path.ts';

/**
 * What the session policy of a user allows; undefined when there is none. Throws `PolicyError` or `SyntaxError`.
 * https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html
 */
export function sessionPolicy(user: SessionUser): Decide | undefined {
  if (user.policy === undefined || user.policy === '') return undefined;
  return compilePolicies([filledPolicy(user.policy, variablesOf(user))]);
}

/** Those of the home directory mean something only where there is one. */
function variablesOf({ userName, homeDirectory = '', homeDirectoryType }: SessionUser): PolicyVariables {
  const name = { 'transfer:username': userName };
  if (homeDirectoryType === 'LOGICAL') return name;
  const { root, path } = readStoragePath(homeDirectory);
  return {
    ...name,
    'transfer:homebucket': root,
    'transfer:homefolder': path,
    'transfer:homedirectory': path === '' ? root : `${root}/${path}`,
  };
}
