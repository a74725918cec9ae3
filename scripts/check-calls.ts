import {
  identifierName,
  isNode,
  literalText,
  type Node,
  type Problem,
  type SourceFile,
  walk,
} from './source/syntax.ts';

const CLOCK = ['src/kernel/clock.ts'];
const IDS = ['src/kernel/ids.ts'];
const BATCH = ['src/kernel/batch.ts'];
const ASK_CLOCK = 'take a Clock (kernel/clock.ts) and ask it';
const ASK_IDS = 'take ids and random bytes from kernel/ids.ts';
const SET_TIMER = 'take a Clock (kernel/clock.ts) and use clock.at(time, call)';
const AFTER_BATCH = 'only kernel/batch.ts puts work off to the end of a turn; await what you wait for';

interface Ban {
  /** Global or imported names, `object.property`, or `new Name()` without arguments. */
  readonly names: readonly string[];
  readonly instead: string;
  readonly allowedIn: readonly string[];
}

const BANS: readonly Ban[] = [
  {
    names: ['Date.now', 'new Date()', 'performance.now', 'process.hrtime'],
    instead: ASK_CLOCK,
    allowedIn: CLOCK,
  },
  {
    names: [
      'Math.random',
      'randomUUID',
      'randomUUIDv7',
      'randomBytes',
      'randomInt',
      'randomFillSync',
      'getRandomValues',
    ],
    instead: ASK_IDS,
    allowedIn: IDS,
  },
  {
    names: ['setTimeout', 'setInterval', 'AbortSignal.timeout', 'Atomics.wait'],
    instead: SET_TIMER,
    allowedIn: CLOCK,
  },
  { names: ['setImmediate', 'queueMicrotask', 'process.nextTick'], instead: AFTER_BATCH, allowedIn: BATCH },
];

const TIMER_MODULES = ['timers', 'timers/promises', 'node:timers', 'node:timers/promises'];

/** Time, randomness and timers in `src`, outside the few files that own them. */
export function checkCalls(files: readonly SourceFile[]): Problem[] {
  return files.filter(({ path }) => path.startsWith('src/')).flatMap(checkFile);
}

function checkFile({ path, program }: SourceFile): Problem[] {
  const problems: Problem[] = [];
  walk(program, (node, parent) => {
    if (isTypeSyntax(node)) return false;
    const name = usedName(node, parent);
    const ban =
      node.type === 'ImportDeclaration'
        ? banOfModule(name)
        : BANS.find(({ names }) => names.includes(name ?? ''));
    if (ban !== undefined && !ban.allowedIn.includes(path)) {
      problems.push({ path, line: node.loc.start.line, message: `${name} is not for here: ${ban.instead}` });
    }
    return undefined;
  });
  return problems;
}

function banOfModule(name = ''): Omit<Ban, 'names'> | undefined {
  return TIMER_MODULES.includes(name) ? { instead: SET_TIMER, allowedIn: CLOCK } : undefined;
}

/** Types say nothing about what runs; assertions around an expression do hold one. */
function isTypeSyntax({ type }: Node): boolean {
  return (
    type.startsWith('TS') &&
    !['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(type)
  );
}

/** What a node uses: a bare name, `object.property`, `new Date()`, or an imported module. */
function usedName(node: Node, parent: Node | undefined): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return literalText(node.source);
    case 'NewExpression':
    case 'CallExpression':
      return isCurrentDate(node) ? 'new Date()' : undefined;
    case 'MemberExpression':
      return memberName(node);
    case 'Identifier':
      return isReference(node, parent) ? identifierName(node) : undefined;
    default:
      return undefined;
  }
}

function isCurrentDate({ type, callee, arguments: given }: Node): boolean {
  return (
    identifierName(callee) === 'Date' &&
    (type === 'CallExpression' || (given as readonly Node[]).length === 0)
  );
}

/** `globalThis.x` is `x`, and so is what the crypto objects have; else `object.property` as written. */
function memberName({ object, property }: Node): string | undefined {
  const owner = dottedName(object);
  const name = identifierName(property) ?? literalText(property);
  if (owner === undefined || name === undefined) return undefined;
  const base = owner.replace(/^globalThis\./, '');
  return ['globalThis', 'crypto', 'webcrypto'].includes(base) ? name : `${base}.${name}`;
}

function dottedName(value: unknown): string | undefined {
  return isNode(value) && value.type === 'MemberExpression' ? memberName(value) : identifierName(value);
}

const KEYED = ['ObjectProperty', 'ObjectMethod', 'ClassMethod', 'ClassProperty'];

function isReference(node: Node, parent: Node | undefined): boolean {
  if (!isNode(parent)) return true;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  if (parent.type === 'ImportSpecifier') return parent.imported === node && parent.local !== node;
  if (KEYED.includes(parent.type)) return parent.key !== node || parent.computed === true;
  return !parent.type.startsWith('Function') || parent.id !== node;
}
