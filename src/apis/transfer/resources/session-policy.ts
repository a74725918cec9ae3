import { PolicyError, readPolicy } from '../../../policy/document.ts';

/** Variables of a session policy, by their names in lower case. */
export type PolicyVariables = Readonly<Record<string, string>>;

const VARIABLE = /\$\{([^}]*)\}/g;
const HOME_VARIABLES = ['transfer:homebucket', 'transfer:homefolder', 'transfer:homedirectory'];
const USER_NAME = 'transfer:username';

/** Why a text is no session policy that can be applied; undefined when it is one. */
export function sessionPolicyProblem(text: string, homeType: 'PATH' | 'LOGICAL'): string | undefined {
  const known = homeType === 'LOGICAL' ? [USER_NAME] : [USER_NAME, ...HOME_VARIABLES];
  try {
    readPolicy(filledPolicy(text, Object.fromEntries(known.map((name) => [name, 'x']))));
    return undefined;
  } catch (error) {
    if (error instanceof PolicyError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/**
 * The policy document with its variables filled in. Throws `SyntaxError` for what is no JSON, `PolicyError` for a
 * variable that is not among them. Values cannot change the document: they are put into its strings.
 */
export function filledPolicy(text: string, variables: PolicyVariables): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll(VARIABLE, (__, name: string) => variableNamed(name, variables))
      : value,
  );
}

function variableNamed(name: string, variables: PolicyVariables): string {
  const known = name.toLowerCase();
  const value = Object.hasOwn(variables, known) ? variables[known] : undefined;
  if (value === undefined) throw new PolicyError([], `the variable \${${name}} is not available`);
  return value;
}
