import { BoundedMap } from '../../../../lib/bounded-map.ts';

const texts = new BoundedMap<string, string>(1_000);

/** The same text, once in memory: thousands of executions that were read from the store run the same definition. */
export function sharedText(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, text);
  return text;
}
