import { HttpError } from '../http-route.ts';

export const badParameter = (name: string, wanted: string): HttpError =>
  new HttpError(400, 'bad-parameter', `${name} must be ${wanted}`);

/** Refuses a misspelt parameter rather than ignoring it. */
export function knownParameters(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw new HttpError(400, 'bad-parameter', `unknown parameter ${name}; known are ${known.join(', ')}`);
  }
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Undefined when it is not given. */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  { least, most }: Bounds,
): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw badParameter(name, `a whole number from ${least} to ${most}`);
}

export function oneOf<const T extends string>(
  query: URLSearchParams,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const found = allowed.find((entry) => entry === text);
  if (found === undefined) throw badParameter(name, `one of ${allowed.join(', ')}`);
  return found;
}

/** Epoch milliseconds, given as such or in ISO 8601. */
export function time(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{1,15}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(value)) throw badParameter(name, 'a time in ISO 8601 or epoch milliseconds');
  return value;
}

export function truth(query: URLSearchParams, name: string): boolean {
  return oneOf(query, name, ['true', 'false']) === 'true';
}
