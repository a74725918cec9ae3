const UNITS: readonly (readonly [name: string, milliseconds: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** A duration in milliseconds for people, in its two largest units: `4 min`, `1 h 30 min`, `12 s`. */
export function durationText(milliseconds: number): string {
  const largest = UNITS.findIndex(([, size]) => milliseconds >= size);
  if (largest < 0) return '0 s';
  let rest = milliseconds;
  const parts: string[] = [];
  for (const [name, size] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}
