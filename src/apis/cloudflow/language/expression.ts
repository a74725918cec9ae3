import type { Json } from './json.ts';

/** What an expression of either language means, as data. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  | PathExpression
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Expression])[] };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A place in one of the roots; `$.a.b` has the root `''`, `$Input.a` the root `Input`. */
export interface PathExpression {
  readonly kind: 'path';
  readonly root: string;
  readonly steps: readonly PathStep[];
}

/** `[*]` is `every`. */
export type PathStep = { readonly key: string } | { readonly index: number } | 'every';

/** What an expression is evaluated over. */
export interface Surroundings {
  /** By name without the `$`; the root of `$.a` has the name `''`. */
  readonly roots: Readonly<Record<string, Json | undefined>>;
  /** From 0 to below 1; the same for the same step of the same execution, so that a turn can be repeated. */
  readonly random: () => number;
}
