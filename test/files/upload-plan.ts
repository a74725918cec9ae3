/** Keys that uploads go to, again and again. */
export const KEYS = 13;

/** What upload number so-and-so sends: mostly small, now and then more than is kept in memory. */
export function contentOf(number: number): Buffer {
  const size = number % 7 === 0 ? 1_500_000 + number : 100 + number;
  return Buffer.alloc(size, `upload ${number};`);
}
