/**
 * What tells whoever is called that two calls are one attempt. Names of steps may be of any script, headers and variables
 * may not.
 */
export function attemptKey(idempotency: string): string {
  return encodeURI(idempotency.toWellFormed());
}
