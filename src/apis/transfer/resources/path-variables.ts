const VARIABLE = /\$\{([^{}]*)\}/g;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

export interface VariableValues {
  readonly userName: string;
  /** Epoch milliseconds. */
  readonly uploadedAt: number;
}

/** The first variable in a destination's path that has no meaning; undefined when all have. */
export function unknownVariable(path: string): string | undefined {
  for (const [text, name = ''] of path.matchAll(VARIABLE)) if (meaningOf(name) === undefined) return text;
  return undefined;
}

/** Puts the user's name and the UTC date of the upload where a destination's path asks for them. */
export function withVariables(path: string, values: VariableValues): string {
  return path.replace(VARIABLE, (text, name: string) => meaningOf(name)?.(values) ?? text);
}

/** The documentation writes the prefix in two ways. */
function meaningOf(name: string): ((values: VariableValues) => string) | undefined {
  switch (name.replace(/^transfer:/i, 'Transfer:')) {
    case 'Transfer:UserName':
      return ({ userName }) => userName;
    case 'Transfer:UploadDate':
      return ({ uploadedAt }) => new Date(uploadedAt).toISOString().slice(0, DAY_LENGTH);
    default:
      return undefined;
  }
}
