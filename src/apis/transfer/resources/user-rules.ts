import { invalidRequest } from '../faults.ts';
import type { Server, User } from './documents.ts';
import { canBePath, mappingsProblem } from './homes.ts';
import { sessionPolicyProblem } from './session-policy.ts';

const MOST_POLICY = 2048;

/** Throws InvalidRequestException unless users of this server are registered here. */
export function mustManageUsers({ id, IdentityProviderType: type }: Server): void {
  if (type !== 'SERVICE_MANAGED')
    throw invalidRequest(`The users of ${id} come from its identity provider, ${type}`);
}

/** Throws InvalidRequestException for a user that cannot be as it is. */
export function checkUser(server: Server, user: User): void {
  const problem = homeProblem(user) ?? policyProblem(server, user) ?? profileProblem(server, user);
  if (problem !== undefined) throw invalidRequest(problem);
}

function homeProblem(user: User): string | undefined {
  const { HomeDirectory: home, HomeDirectoryType: type, HomeDirectoryMappings: mappings } = user;
  if (home !== undefined && !canBePath(home)) return 'HomeDirectory holds NUL or half a character';
  if (type === 'LOGICAL') {
    if (mappings === undefined) return 'The HomeDirectoryType LOGICAL requires HomeDirectoryMappings';
    return mappingsProblem(mappings);
  }
  return mappings && 'HomeDirectoryMappings can be set for the HomeDirectoryType LOGICAL only';
}

function policyProblem({ Domain: domain }: Server, user: User): string | undefined {
  const { Policy: policy, HomeDirectoryType: type } = user;
  if (policy === undefined) return undefined;
  if (domain !== 'S3') return 'A session policy can be set for the Domain S3 only';
  if (policy.length > MOST_POLICY) return `Cannot exceed quota for PolicySize: ${MOST_POLICY}`;
  const problem = sessionPolicyProblem(policy, type);
  return problem && `The session policy is not valid: ${problem}`;
}

function profileProblem({ Domain: domain }: Server, { PosixProfile: profile }: User): string | undefined {
  return domain === 'EFS' && profile === undefined
    ? 'A PosixProfile is required for the Domain EFS'
    : undefined;
}
