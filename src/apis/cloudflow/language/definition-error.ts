/** Why a definition is refused, in words for the client: the line, the step or state, and the rule. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  /** From 1; absent when the text as a whole is refused. */
  readonly line: number | undefined;

  /** `subject` is the part that is wrong, for example `step 'pay'`. */
  constructor(rule: string, where: { readonly line?: number; readonly subject?: string } = {}) {
    const place = [where.line === undefined ? undefined : `line ${where.line}`, where.subject];
    super([place.filter((part) => part !== undefined).join(', '), rule].filter(Boolean).join(': '));
    this.line = where.line;
  }
}
