import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ConfigPath, Problem } from './problem.ts';

/** Where a value stands: its path in the document, and the folder that relative paths start from. */
export interface Place {
  readonly path: ConfigPath;
  readonly folder: string;
}

/** Turns a raw value into a checked one or throws a `Problem`. An absent value arrives as undefined. */
export type Read<T> = (value: unknown, place: Place) => T;

export const inside = (place: Place, part: string | number): Place => ({
  ...place,
  path: [...place.path, part],
});

export const text: Read<string> = (value, { path }) => {
  if (typeof value !== 'string' || value === '') throw new Problem(path, 'must be a text');
  return value;
};

export const flag: Read<boolean> = (value, { path }) => {
  if (value === true || value === 'on') return true;
  if (value === false || value === 'off') return false;
  throw new Problem(path, 'must be on or off');
};

export const wholeNumber: Read<number> = (value, { path }) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Problem(path, 'must be a whole number, 0 or more');
};

export const matching =
  (pattern: RegExp, wanted: string): Read<string> =>
  (value, { path }) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new Problem(path, `must be ${wanted}`);
    return value;
  };

export const oneOf =
  <const T extends string>(...allowed: readonly T[]): Read<T> =>
  (value, { path }) => {
    const found = allowed.find((entry) => entry === value);
    if (found === undefined) throw new Problem(path, `must be one of ${allowed.join(', ')}`);
    return found;
  };

export const url: Read<string> = (value, { path }) => {
  if (typeof value !== 'string' || !/^https?:$/.test(URL.parse(value)?.protocol ?? ''))
    throw new Problem(path, 'must be an http or https URL');
  return value;
};

/** A path that need not exist, made absolute. */
export const file: Read<string> = (value, place) => resolve(place.folder, text(value, place));

export const existing =
  (kind: 'directory' | 'file'): Read<string> =>
  (value, place) => {
    const path = file(value, place);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw new Problem(place.path, `${kind} ${path} does not exist`);
    if (found.isDirectory() !== (kind === 'directory'))
      throw new Problem(place.path, `${path} is not a ${kind}`);
    return path;
  };

export const optional =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value, place) =>
    value === undefined || value === null ? undefined : read(value, place);

export const withDefault =
  <T>(read: Read<T>, fallback: T): Read<T> =>
  (value, place) =>
    value === undefined || value === null ? fallback : read(value, place);

export const listOf =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, place) => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw new Problem(place.path, 'must be a list');
    return value.map((entry: unknown, at) => read(entry, inside(place, at)));
  };

export const mapOf =
  <T>(read: Read<T>): Read<Readonly<Record<string, T>>> =>
  (value, place) =>
    Object.fromEntries(
      Object.entries(mapping(value ?? {}, place)).map(([name, entry]) => [
        name,
        read(entry, inside(place, name)),
      ]),
    );

type Fields = Readonly<Record<string, Read<unknown>>>;
type Fielded<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

/** A mapping with exactly these keys; each field decides for itself what its absence means. */
export const fields =
  <F extends Fields>(known: F): Read<Fielded<F>> =>
  (value, place) => {
    const given = mapping(value, place);
    for (const key of Object.keys(given))
      if (!Object.hasOwn(known, key))
        throw new Problem([...place.path, key], `unknown key; known are ${Object.keys(known).join(', ')}`);
    const entries = Object.entries(known).map(([key, read]) => [key, read(given[key], inside(place, key))]);
    return Object.fromEntries(entries) as Fielded<F>;
  };

export function mapping(value: unknown, { path }: Place): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(path, 'must be a mapping of names to values');
  return value as Readonly<Record<string, unknown>>;
}
