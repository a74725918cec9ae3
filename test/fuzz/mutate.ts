/** Random numbers that a seed repeats: fractions from 0 up to 1. */
export type Random = () => number;

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** Stands in a value for nesting that no printer of JSON survives. */
const DEEP = '<deep>';
const DEPTHS = [50, 3_000, 200_000];

const junk: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => [null],
  () => [{}],
  () => '',
  () => ' ',
  () => 'arn',
  () => 'NONE',
  () => '-1',
  () => '99999999',
  () => 'x'.repeat(257),
  () => 'é'.repeat(40_000),
  () => 'x'.repeat(300_000),
  () => '\u0000\u001f\u007f',
  () => '\ud800',
  () => '🧾\u202e\ufeff',
  () => '__proto__',
  () => 'constructor',
  (random) => random() * 2 ** 60,
  (random) => -Math.floor(random() * 2 ** 31),
  () => 1e308,
  () => 0.5,
  () => DEEP,
  () => ({ toString: 1, constructor: {}, hasOwnProperty: null }),
];

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place in a value: what holds it, and under which key. */
function places(value: Container): readonly (readonly [Container, string])[] {
  return Object.entries(value).flatMap(([key, entry]) => [
    [value, key] as const,
    ...(isContainer(entry) ? places(entry) : []),
  ]);
}

function changeText(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x2fff)) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1);
    default:
      return text + text;
  }
}

function changeOne(random: Random, root: Container): void {
  const all = places(root);
  if (all.length === 0) return;
  const [holder, key] = pick(random, all);
  const slots = holder as Record<string, unknown>;
  const value = slots[key];
  const kind = random();
  if (kind < 0.2) delete slots[key];
  else if (kind < 0.35 && typeof value === 'string') slots[key] = changeText(random, value);
  else if (kind < 0.4 && Array.isArray(value)) slots[key] = Array.from({ length: 300 }, () => value).flat();
  else if (kind < 0.5) slots[`${key}${pick(random, ['', 'X', '\u0000'])}`] = pick(random, junk)(random);
  else slots[key] = pick(random, junk)(random);
}

/** The text of a request body that differs from a good one in a few places, or that is no JSON any more. */
export function mutate(random: Random, good: object): string {
  const root = structuredClone(good) as Container;
  const changes = 1 + Math.floor(random() * 3);
  for (let count = 0; count < changes; count++) changeOne(random, root);
  const depth = pick(random, DEPTHS);
  const text = JSON.stringify(root).replaceAll(`"${DEEP}"`, () => '['.repeat(depth) + ']'.repeat(depth));
  return random() < 0.1 ? changeText(random, text) : text;
}
