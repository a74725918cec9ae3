import { serializationError } from './errors.ts';
import { numberTextRule } from './number-text.ts';
import type { ListShape, MapShape, NumberShape, Shape, StringShape, StructureShape } from './shape.ts';
import { show, validationError, violate, type Walk } from './violations.ts';

type Check = (value: unknown, walk: Walk, depth: number) => void;

/**
 * Throws a `WireError`: `SerializationException` where the JSON type is wrong, else `ValidationException` naming
 * every violation. Null counts as absent: such members, and those that the shape does not name, are taken out of the input.
 */
export type Validator = (input: Readonly<Record<string, unknown>>) => void;

/** Compiles a shape once, so that a valid request costs little more than looking at its members. */
export function compileValidator(shape: StructureShape): Validator {
  const check = compile(shape, new Map());
  const names: (string | number)[] = [];
  return (input) => {
    const walk: Walk = { names, problems: undefined };
    check(input, walk, 0);
    if (walk.problems !== undefined) throw validationError(walk.problems);
  };
}

/** A shape that contains itself finds its own forwarder in `known`, and that calls the check once it is built. */
function compile(shape: Shape, known: Map<Shape, Check>): Check {
  const found = known.get(shape);
  if (found !== undefined) return found;
  let built: Check | undefined;
  known.set(shape, (value, walk, depth) => built?.(value, walk, depth));
  built = build(shape, known);
  known.set(shape, built);
  return built;
}

function build(shape: Shape, known: Map<Shape, Check>): Check {
  switch (shape.kind) {
    case 'string':
      return checkString(shape);
    case 'integer':
    case 'long':
    case 'double':
      return checkNumber(shape);
    case 'boolean':
      return checkBoolean;
    case 'timestamp':
      return checkTimestamp;
    case 'blob':
      return checkBlob(shape.min ?? 0, shape.max ?? Number.POSITIVE_INFINITY);
    case 'document':
      return () => undefined;
    case 'list':
      return checkList(shape, compile(shape.member(), known));
    case 'map':
      return checkMap(shape, compile(shape.key(), known), compile(shape.value(), known));
    case 'structure':
      return checkStructure(shape, known);
    default:
      return shape satisfies never;
  }
}

function checkBoolean(value: unknown): void {
  if (typeof value !== 'boolean') throw wrongType(value, 'Boolean');
}

function checkTimestamp(value: unknown): void {
  if (typeof value !== 'number') throw wrongType(value, 'Timestamp');
}

/** A text that is too long in any case is not matched: what patterns take may grow faster than the text. */
const LONGEST_MATCHED = 4096;

function checkString(shape: StringShape): Check {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, number, sensitive } = shape;
  const allowed = shape.enum && new Set(shape.enum);
  const rule = shape.enum && `satisfy enum value set: [${shape.enum.join(', ')}]`;
  const matcher = pattern === undefined ? undefined : compilePattern(pattern);
  const longestMatched = Math.max(max, LONGEST_MATCHED);
  return (value, walk, depth) => {
    if (typeof value !== 'string') throw wrongType(value, 'String');
    const shown = (): string | undefined => (sensitive ? undefined : show(value));
    if (value.length > max)
      violate(walk, depth, { rule: `have length less than or equal to ${max}`, shown: shown() });
    if (value.length < min)
      violate(walk, depth, { rule: `have length greater than or equal to ${min}`, shown: shown() });
    if (matcher !== undefined && value.length <= longestMatched && !matcher.test(value))
      violate(walk, depth, { rule: `satisfy regular expression pattern: ${pattern}`, shown: shown() });
    const broken = number === undefined ? undefined : numberTextRule(value, number);
    if (broken !== undefined) violate(walk, depth, { rule: broken, shown: shown() });
    if (allowed !== undefined && !allowed.has(value))
      violate(walk, depth, { rule: rule ?? '', shown: shown() });
  };
}

/** Vendors write patterns for Java: most are valid with the `u` flag, some escape more than it allows. */
function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return new RegExp(`^(?:${pattern})$`);
  }
}

function checkNumber(shape: NumberShape): Check {
  const { kind, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
  const target = kind === 'integer' ? 'Integer' : kind === 'long' ? 'Long' : 'Double';
  return (value, walk, depth) => {
    if (typeof value !== 'number') throw wrongType(value, target);
    if (kind === 'integer' && (value | 0) !== value) throw wrongType(value, target);
    if (kind === 'long' && !Number.isInteger(value)) throw wrongType(value, target);
    if (value > max)
      violate(walk, depth, { rule: `have value less than or equal to ${max}`, shown: show(value) });
    if (value < min)
      violate(walk, depth, { rule: `have value greater than or equal to ${min}`, shown: show(value) });
  };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Blobs travel as base64; bounds are in bytes. */
function checkBlob(min: number, max: number): Check {
  return (value, walk, depth) => {
    if (typeof value !== 'string' || !BASE64.test(value)) throw wrongType(value, 'Blob');
    checkLength(
      { length: Buffer.byteLength(value, 'base64'), min, max, value: 'java.nio.HeapByteBuffer' },
      walk,
      depth,
    );
  };
}

interface Measured {
  readonly length: number;
  readonly min: number;
  readonly max: number;
  readonly value: unknown;
}

function checkLength({ length, min, max, value }: Measured, walk: Walk, depth: number): void {
  if (length > max)
    violate(walk, depth, { rule: `have length less than or equal to ${max}`, shown: show(value) });
  if (length < min)
    violate(walk, depth, { rule: `have length greater than or equal to ${min}`, shown: show(value) });
}

function checkList(shape: ListShape, member: Check): Check {
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  return (value, walk, depth) => {
    if (!Array.isArray(value)) throw wrongType(value, undefined);
    if (value.length > max || value.length < min)
      checkLength({ length: value.length, min, max, value }, walk, depth);
    for (let at = 0; at < value.length; at++) {
      walk.names[depth] = at + 1;
      const entry: unknown = value[at];
      if (entry === null) violate(walk, depth + 1, { rule: 'not be null', shown: 'null' });
      else member(entry, walk, depth + 1);
    }
  };
}

function checkMap(shape: MapShape, keyCheck: Check, valueCheck: Check): Check {
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  return (value, walk, depth) => {
    if (!isObject(value)) throw wrongType(value, undefined);
    const entries = Object.entries(value);
    checkLength({ length: entries.length, min, max, value }, walk, depth);
    for (const [key, entry] of entries) {
      walk.names[depth] = key;
      keyCheck(key, walk, depth + 1);
      if (entry === null) violate(walk, depth + 1, { rule: 'not be null', shown: 'null' });
      else valueCheck(entry, walk, depth + 1);
    }
  };
}

function checkStructure(shape: StructureShape, checks: Map<Shape, Check>): Check {
  const required = new Set(shape.required);
  const known = new Set(Object.keys(shape.members));
  const members = Object.entries(shape.members).map(([name, member]) => ({
    name,
    required: required.has(name),
    check: compile(member.shape(), checks),
  }));
  return (value, walk, depth) => {
    if (!isObject(value)) throw wrongType(value, undefined);
    let present = 0;
    for (const member of members) {
      const entry = value[member.name];
      if (entry !== undefined && entry !== null) {
        present++;
        walk.names[depth] = member.name;
        member.check(entry, walk, depth + 1);
      } else if (member.required) {
        walk.names[depth] = member.name;
        violate(walk, depth + 1, { rule: 'not be null', shown: 'null' });
      }
    }
    if (countMembers(value) !== present) dropOthers(value, known);
    if (shape.union && present !== 1) throw serializationError('Exactly one member of a union must be set');
  };
}

function countMembers(value: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}

/** Operations must not come across what nobody has checked. */
function dropOthers(value: Record<string, unknown>, known: ReadonlySet<string>): void {
  for (const [name, entry] of Object.entries(value)) {
    if (entry === null || !known.has(name)) delete value[name];
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `target` is the vendor's name of the scalar that was wanted; undefined where a list or structure was. */
function wrongType(value: unknown, target: string | undefined): Error {
  if (Array.isArray(value)) return serializationError('Start of list found where not expected');
  if (typeof value === 'object')
    return serializationError('Start of structure or map found where not expected');
  if (target === undefined) return serializationError('Unexpected field type');
  const token = typeof value === 'boolean' ? String(value).toUpperCase() : (typeof value).toUpperCase();
  return serializationError(`${token}_VALUE cannot be converted to ${target}`);
}
