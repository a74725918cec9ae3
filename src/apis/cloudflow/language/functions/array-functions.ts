import { areEqual } from '../compare.ts';
import { isObject, type Json } from '../json.ts';
import { SizeCheck } from '../value-size.ts';
import type { Arguments } from './arguments.ts';

/** Is the value an element of the array? */
export function arrayContains(given: Arguments): boolean {
  const wanted = given.any(1);
  return given.array(0).some((item) => areEqual(item, wanted));
}

/** The array without repetitions; the first occurrence stays. */
export function arrayUnique(given: Arguments): Json[] {
  const items = given.array(0);
  new SizeCheck().add(items);
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = sortedText(item);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/** The same for values that are equal; with it a long array takes no time that grows with its square. */
function sortedText(item: Json): string {
  return JSON.stringify(item, (_key, value: Json) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** Its arguments as an array. */
export function toArray(given: Arguments): readonly Json[] {
  return given.all;
}
