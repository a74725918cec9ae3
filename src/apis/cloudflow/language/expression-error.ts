/** What is wrong with the text of an expression; reads on from `the expression …`. */
export class ExpressionError extends Error {
  /** `at` is the place in the text, from 0. */
  constructor(rule: string, at?: number) {
    super(at === undefined ? rule : `${rule} at character ${at + 1}`);
  }
}
