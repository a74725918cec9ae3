/** What both evaluators share: failures, values and calls. They are written apart from the product's own code. */

// biome-ignore lint/suspicious/noExplicitAny: definitions and data are plain JSON that tests make themselves
export type Value = any;

export class Failed extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Several parts of a container fail in different ways, and which is first is nobody's promise. */
export class Ambiguous extends Error {}

/** What an evaluation has done beside its result. */
export class Effects {
  readonly calls: Record<string, number> = {};
  /** A part of a container failed, so that others may have been given up before their calls. */
  isCut = false;

  call(name: string, event: Value): Value {
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    if (name === 'boom') throw new Failed('BoomError');
    return name === 'upper' ? { name: String(event.name).toUpperCase() } : event;
  }

  /** All parts of a container, of which the failing ones decide. */
  all<Part>(parts: readonly Part[], run: (part: Part, place: number) => Value): Value[] {
    const codes = new Set<string>();
    const results = parts.map((part, place) => {
      try {
        return run(part, place);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        codes.add(error.code);
        return undefined;
      }
    });
    if (codes.size === 0) return results;
    this.isCut = true;
    if (codes.size > 1) throw new Ambiguous();
    throw new Failed([...codes][0] ?? '');
  }
}

export const matches = (errors: readonly string[], code: string): boolean =>
  errors.includes(code) || errors.includes('FnF.ALL');

/** Follows `.key`, `[n]` and `[*]` from a value; null for what is not there. */
export function follow(root: Value, path: string): Value {
  let found: Value[] = [root];
  for (const [, key, place] of path.matchAll(/\.(\w+)|\[(\d+|\*)\]/g)) {
    found = found.flatMap((value: Value) => {
      if (place === '*') return Array.isArray(value) ? value : [];
      const isIn =
        place === undefined ? isObject(value) && Object.hasOwn(value, key ?? '') : Array.isArray(value);
      const inner = isIn ? value[place ?? key ?? ''] : undefined;
      return inner === undefined ? [] : [inner];
    });
  }
  return path.includes('[*]') ? found : (found[0] ?? null);
}

const isObject = (value: Value): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Comparisons of one member with a constant, joined by `&&` and `||` as usual. */
export function isTrue(condition: string, root: Value): boolean {
  return condition.split(' || ').some((part) => part.split(' && ').every((each) => compare(each, root)));
}

function compare(text: string, root: Value): boolean {
  const [, path = '', operator, constant = ''] = /^\$\w*(\S*) (==|<|>=) (.*)$/.exec(text) ?? [];
  const left = follow(root, path);
  const right = JSON.parse(constant);
  if (operator === '==') return left === right;
  if (typeof left !== typeof right) return false;
  return operator === '<' ? left < right : left >= right;
}
