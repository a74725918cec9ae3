import { WireError } from './errors.ts';

/** What one walk over a value has found. `names` holds the path to the value being looked at, up to the walk's depth. */
export interface Walk {
  readonly names: (string | number)[];
  problems: string[] | undefined;
}

export interface Violation {
  /** What the value must, for example `not be null`. */
  readonly rule: string;
  readonly shown?: string | undefined;
}

/** Notes that the value at the walk's present place breaks a rule; `shown` is left out for secrets. */
export function violate(walk: Walk, depth: number, { rule, shown }: Violation): void {
  const value = shown === undefined ? 'Value' : `Value ${shown}`;
  walk.problems ??= [];
  walk.problems.push(
    `${value} at '${pathOf(walk, depth)}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/**
 * List positions are 1-based and followed by `member`, as in `decisions.2.member.decisionType`. Names begin with a small
 * letter in the vendor's messages also where they do not on the wire.
 */
function pathOf(walk: Walk, depth: number): string {
  let path = '';
  for (let at = 0; at < depth; at++) {
    const name = walk.names[at];
    path += `${at === 0 ? '' : '.'}${typeof name === 'number' ? `${name}.member` : uncapitalized(name ?? '')}`;
  }
  return path;
}

const uncapitalized = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function validationError(problems: readonly string[]): WireError {
  const errors = problems.length === 1 ? 'error' : 'errors';
  return new WireError(
    'ValidationException',
    400,
    `${problems.length} validation ${errors} detected: ${problems.join('; ')}`,
  );
}

/** Deeper than anything that a model describes: what is below is not shown. */
const DEEPEST = 32;

/** A value as the vendor prints it inside a message. */
export function show(value: unknown): string {
  return value === null ? 'null' : `'${plain(value, 0)}'`;
}

function plain(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth === DEEPEST) return '...';
  if (Array.isArray(value)) return `[${value.map((entry) => plain(entry, depth + 1)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, entry]) => `${key}=${plain(entry, depth + 1)}`)
    .join(', ')}}`;
}
