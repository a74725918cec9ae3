import type { HomeDirectoryMapEntry } from '../model/types.gen.ts';
import type { Server } from '../resources/documents.ts';
import { canBePath, mappingsProblem } from '../resources/homes.ts';
import { sessionPolicyProblem } from '../resources/session-policy.ts';
import type { PosixProfile } from '../upload.ts';
import type { Identification, IdentifiedUser, LoginQuestion } from './identified-user.ts';

const ROLE = /^arn:.*role\/\S+$/;
const LARGEST_ID = 0xffff_ffff;
const MOST_GROUPS = 16;

class BadAnswer extends Error {}

type Answer = Readonly<Record<string, unknown>>;

export interface ProviderAnswer {
  readonly text: string;
  readonly url: string;
  readonly statusCode: number;
}

/**
 * What a provider's answer means: a `Role` says that the user may log in. What cannot be understood refuses the login
 * and says why: https://docs.aws.amazon.com/transfer/latest/userguide/custom-identity-provider-users.html
 */
export function readAnswer(given: ProviderAnswer, server: Server, question: LoginQuestion): Identification {
  const { text, url, statusCode } = given;
  const refused = (message: string): Identification => ({ statusCode, url, response: '', message });
  try {
    const answer = readObject(text);
    if (answer.Role === undefined || answer.Role === '')
      return refused('The identity provider refuses the user');
    return { statusCode, url, response: text, message: '', user: readUser(answer, server, question) };
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error;
    return refused(`The answer of the identity provider is not valid: ${error.message}`);
  }
}

function readUser(answer: Answer, { Domain: domain }: Server, { password }: LoginQuestion): IdentifiedUser {
  const role = readText(answer, 'Role') ?? '';
  if (!ROLE.test(role)) throw new BadAnswer('Role is not the ARN of a role');
  const posixProfile = readProfile(answer.PosixProfile);
  if (domain === 'EFS' && posixProfile === undefined) throw new BadAnswer('PosixProfile is required');
  const publicKeys = readKeys(answer.PublicKeys);
  // A provider that gives keys leaves the proof to the server: the password may not have been looked at.
  if (password && publicKeys.length > 0) throw new BadAnswer('PublicKeys must not answer a password');
  const home = readHome(answer);
  return { role, ...home, policy: readPolicyText(answer, home.homeDirectoryType), posixProfile, publicKeys };
}

function readHome(
  answer: Answer,
): Pick<IdentifiedUser, 'homeDirectory' | 'homeDirectoryType' | 'homeDirectoryMappings'> {
  const homeDirectory = readText(answer, 'HomeDirectory');
  if (homeDirectory?.startsWith('/') === false) throw new BadAnswer('HomeDirectory does not begin with /');
  if (homeDirectory !== undefined && !canBePath(homeDirectory))
    throw new BadAnswer('HomeDirectory holds NUL or half a character');
  const homeDirectoryType = readText(answer, 'HomeDirectoryType') ?? 'PATH';
  if (homeDirectoryType !== 'PATH' && homeDirectoryType !== 'LOGICAL')
    throw new BadAnswer('HomeDirectoryType is neither PATH nor LOGICAL');
  const details = readText(answer, 'HomeDirectoryDetails');
  if (homeDirectoryType === 'PATH') {
    // Taken as a path, it would show more than what the mappings were meant to show.
    if (details !== undefined)
      throw new BadAnswer('HomeDirectoryDetails needs the HomeDirectoryType LOGICAL');
    return { homeDirectory, homeDirectoryType };
  }
  return { homeDirectory, homeDirectoryType, homeDirectoryMappings: readMappings(details) };
}

function readMappings(details: string | undefined): readonly HomeDirectoryMapEntry[] {
  if (details === undefined) throw new BadAnswer('HomeDirectoryDetails is missing');
  const list = parse(details, 'HomeDirectoryDetails');
  if (!Array.isArray(list) || !list.every(isMapping))
    throw new BadAnswer('HomeDirectoryDetails is not a list of Entry and Target');
  const problem = mappingsProblem(list);
  if (problem !== undefined) throw new BadAnswer(problem);
  return list;
}

function isMapping(value: unknown): value is HomeDirectoryMapEntry {
  if (!isObject(value)) return false;
  const { Entry: entry, Target: target, Type: type } = value;
  return (
    typeof entry === 'string' &&
    typeof target === 'string' &&
    (type === undefined || type === 'FILE' || type === 'DIRECTORY')
  );
}

function readPolicyText(answer: Answer, homeType: 'PATH' | 'LOGICAL'): string | undefined {
  const policy = readText(answer, 'Policy');
  const problem = policy === undefined ? undefined : sessionPolicyProblem(policy, homeType);
  if (problem !== undefined) throw new BadAnswer(`Policy: ${problem}`);
  return policy;
}

function readProfile(value: unknown): PosixProfile | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new BadAnswer('PosixProfile is not an object');
  const { Uid, Gid, SecondaryGids = [] } = value;
  if (!isId(Uid) || !isId(Gid)) throw new BadAnswer('PosixProfile has no Uid and Gid');
  if (!Array.isArray(SecondaryGids) || SecondaryGids.length > MOST_GROUPS || !SecondaryGids.every(isId))
    throw new BadAnswer(`SecondaryGids are not at most ${MOST_GROUPS} ids`);
  return { Uid, Gid, SecondaryGids };
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID;

function readKeys(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((key) => typeof key === 'string'))
    throw new BadAnswer('PublicKeys is not a list of texts');
  return value;
}

/** Null and an empty text count as absent. */
function readText(answer: Answer, name: string): string | undefined {
  const value = answer[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new BadAnswer(`${name} is not a text`);
  return value;
}

function readObject(text: string): Answer {
  const value = parse(text, 'it');
  if (value === null) return {};
  if (!isObject(value)) throw new BadAnswer('it is not an object');
  return value;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadAnswer(`${what} is not JSON`);
  }
}

const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
