import { invalidParameter, missingParameter } from './alibaba-rpc-errors.ts';
import type {
  BooleanParameter,
  IntegerParameter,
  ListParameter,
  Parameter,
  Parameters,
  StringParameter,
  StructureParameter,
} from './alibaba-rpc-shape.ts';

type Given = ReadonlyMap<string, string>;

/**
 * Makes an operation's input of the parameters given. Throws `MissingRequiredParams` for the first that is missing, else
 * `InvalidArgument` for the first that is wrong. Parameters that the operation does not have are left out.
 */
export type ReadInput = (given: Given) => Readonly<Record<string, unknown>>;

/** How one parameter is read; undefined for an absent one. `path` is its full name, for example `Environment.Variables.1.Name`. */
interface Reader {
  fromParameters(given: Given, path: string): unknown;
  fromJson(value: unknown, path: string): unknown;
}

/** Prepares the reading of an operation's parameters once. */
export function compileParameters(parameters: Parameters): ReadInput {
  const readers = compileMembers(parameters);
  return (given) => {
    for (const { name, required, mayBeEmpty } of readers)
      if (required && !isGiven(given, name, mayBeEmpty)) throw missingParameter(name);
    return readMembers(readers, '', (reader, path) => reader.fromParameters(given, path));
  };
}

interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly mayBeEmpty: boolean;
  readonly reader: Reader;
}

const compileMembers = (parameters: Parameters): readonly Member[] =>
  Object.entries(parameters).map(([name, parameter]) => ({
    name,
    required: parameter.required === true,
    mayBeEmpty: mayBeEmpty(parameter),
    reader: compile(parameter),
  }));

const mayBeEmpty = (parameter: Parameter): boolean =>
  parameter.kind === 'string' && (parameter.min ?? 0) === 0 && parameter.enum === undefined;

function isGiven(given: Given, path: string, orEmpty: boolean): boolean {
  const text = given.get(path);
  return text === undefined ? hasBelow(given, path) : text !== '' || orEmpty;
}

function hasBelow(given: Given, path: string): boolean {
  for (const name of given.keys()) if (name.startsWith(`${path}.`)) return true;
  return false;
}

function readMembers(
  members: readonly Member[],
  path: string,
  read: (reader: Reader, path: string, name: string) => unknown,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { name, required, reader } of members) {
    const full = path + name;
    const value = read(reader, full, name);
    if (value !== undefined) input[name] = value;
    else if (required) throw missingParameter(full);
  }
  return input;
}

function compile(parameter: Parameter): Reader {
  switch (parameter.kind) {
    case 'string':
      return scalar(readString(parameter), mayBeEmpty(parameter));
    case 'integer':
      return scalar(readInteger(parameter), false);
    case 'boolean':
      return scalar(readBoolean(parameter), false);
    case 'list':
      return list(parameter);
    case 'structure':
      return structure(parameter);
    default:
      return parameter satisfies never;
  }
}

type ReadText = (text: string, path: string) => unknown;

/** Inside JSON a number or boolean counts as its text: clients disagree about which they write. */
function scalar(read: ReadText, orEmpty: boolean): Reader {
  const fromText = (text: string | undefined, path: string): unknown =>
    text === undefined || (text === '' && !orEmpty) ? undefined : read(text, path);
  return {
    fromParameters: (given, path) => fromText(given.get(path), path),
    fromJson: (value, path) => {
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'object') throw invalidParameter(path, 'be a single value');
      return fromText(String(value), path);
    },
  };
}

function readString({ min = 0, max = Number.POSITIVE_INFINITY, ...rest }: StringParameter): ReadText {
  const { pattern, form } = rest;
  const allowed = rest.enum && new Set(rest.enum);
  const matcher = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  const refuse = (path: string, rule: string): never => {
    throw invalidParameter(path, form === undefined ? rule : `be ${form}`);
  };
  return (text, path) => {
    if (text.length > max) refuse(path, `have at most ${counted(max, 'character')}`);
    if (text.length < min) refuse(path, `have at least ${counted(min, 'character')}`);
    if (matcher?.test(text) === false) refuse(path, `match the pattern ${pattern}`);
    if (allowed?.has(text) === false) refuse(path, `be one of ${[...allowed].join(', ')}`);
    return text;
  };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const DECIMAL = /^-?\d{1,15}$/;

function readInteger(parameter: IntegerParameter): ReadText {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = parameter;
  const lower = Number.isFinite(min) ? ` of at least ${min}` : '';
  const upper = Number.isFinite(max) ? ` of at most ${max}` : '';
  const rule = `be an integer${lower !== '' && upper !== '' ? ` from ${min} to ${max}` : lower + upper}`;
  return (text, path) => {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw invalidParameter(path, rule);
    return value;
  };
}

/** Some clients print their language's own words, such as Python's `True`. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function readBoolean(_parameter: BooleanParameter): ReadText {
  return (text, path) => {
    const value = BOOLEANS.get(text.toLowerCase());
    if (value === undefined) throw invalidParameter(path, 'be true or false');
    return value;
  };
}

function list({ member, min = 0, max = Number.POSITIVE_INFINITY }: ListParameter): Reader {
  const reader = compile(member);
  const checked = (entries: readonly unknown[], path: string): readonly unknown[] => {
    if (entries.length > max) throw invalidParameter(path, `have at most ${counted(max, 'value')}`);
    if (entries.length < min) throw invalidParameter(path, `have at least ${counted(min, 'value')}`);
    return entries;
  };
  const fromJson = (value: unknown, path: string): unknown => {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw invalidParameter(path, 'be a JSON list');
    const entries = value.map((entry: unknown, at) =>
      entryOf(reader.fromJson(entry, `${path}.${at + 1}`), path),
    );
    return checked(entries, path);
  };
  return {
    fromJson,
    fromParameters: (given, path) => {
      const text = given.get(path);
      if (text !== undefined) return text === '' ? undefined : fromJson(parseJson(text, path), path);
      const positions = positionsBelow(given, path);
      if (positions.length === 0) return undefined;
      const entries = positions.map((position) =>
        entryOf(reader.fromParameters(given, `${path}.${position}`), path),
      );
      return checked(entries, path);
    },
  };
}

function entryOf(value: unknown, path: string): unknown {
  if (value === undefined) throw invalidParameter(path, 'have no empty value');
  return value;
}

/** The numbers that follow a name, in ascending order. */
function positionsBelow(given: Given, path: string): readonly number[] {
  const positions = new Set<number>();
  for (const name of given.keys()) {
    if (!name.startsWith(`${path}.`)) continue;
    const [position = ''] = name.slice(path.length + 1).split('.', 1);
    if (!/^[1-9]\d{0,3}$/.test(position))
      throw invalidParameter(name, 'have a number from 1 to 9999 for its place in the list');
    positions.add(Number(position));
  }
  return [...positions].sort((a, b) => a - b);
}

function structure({ members }: StructureParameter): Reader {
  const compiled = compileMembers(members);
  const fromJson = (value: unknown, path: string): unknown => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) throw invalidParameter(path, 'be a JSON object');
    const own = new Map(Object.entries(value));
    return readMembers(compiled, `${path}.`, (reader, full, name) => reader.fromJson(own.get(name), full));
  };
  return {
    fromJson,
    fromParameters: (given, path) => {
      const text = given.get(path);
      if (text !== undefined) return text === '' ? undefined : fromJson(parseJson(text, path), path);
      if (!hasBelow(given, path)) return undefined;
      return readMembers(compiled, `${path}.`, (reader, full) => reader.fromParameters(given, full));
    },
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter(path, 'be JSON text');
  }
}
