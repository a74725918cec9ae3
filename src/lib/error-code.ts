/** What the operating system, or a library, calls an error; undefined for what has no such name. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
