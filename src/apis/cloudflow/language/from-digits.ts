import type { Json } from './json.ts';

/** A number also where only its digits stand: the vendor's pages give some fields as texts. Anything else as it is. */
export function fromDigits<Value extends Json | undefined>(value: Value): Value | number {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
