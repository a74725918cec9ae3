/**
 * One parameter of an operation as data. Lengths are in characters for strings and in entries for lists; `pattern` is
 * anchored at both ends. An empty value is an absent one, except for a string that may be empty.
 */
export type Parameter =
  | StringParameter
  | IntegerParameter
  | BooleanParameter
  | ListParameter
  | StructureParameter;

export interface StringParameter extends Optionality {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** What an error says the text must be where its rules would not tell much, for example `a name of 1 to 9 letters`. */
  readonly form?: string;
  readonly enum?: readonly string[];
}

/** Decimal text. */
export interface IntegerParameter extends Optionality {
  readonly kind: 'integer';
  readonly min?: number;
  readonly max?: number;
}

/** `true` or `false`, in any case. */
export interface BooleanParameter extends Optionality {
  readonly kind: 'boolean';
}

/** One parameter that holds JSON text, or one for each entry: `Name.1`, `Name.2`, and so on. */
export interface ListParameter extends Optionality {
  readonly kind: 'list';
  readonly member: Parameter;
  readonly min?: number;
  readonly max?: number;
}

/** One parameter that holds JSON text, or one for each member: `Name.Member`. */
export interface StructureParameter extends Optionality {
  readonly kind: 'structure';
  readonly members: Parameters;
}

interface Optionality {
  readonly required?: boolean;
}

/** By name, in the order in which missing ones are complained about. Others that come are ignored. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Which parameters each operation takes. */
export type ParameterTable = Readonly<Record<string, Parameters>>;

/** What an operation is given for its parameters: absent ones are left out, numbers and booleans are read. */
export type InputOf<P extends Parameters> = {
  readonly [Name in keyof P as IsRequired<P[Name]> extends true ? Name : never]: ValueOf<P[Name]>;
} & {
  readonly [Name in keyof P as IsRequired<P[Name]> extends true ? never : Name]?: ValueOf<P[Name]>;
};

type IsRequired<P extends Parameter> = P extends { readonly required: true } ? true : false;

type ValueOf<P extends Parameter> = P extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : P extends StringParameter
    ? string
    : P extends IntegerParameter
      ? number
      : P extends BooleanParameter
        ? boolean
        : P extends ListParameter
          ? readonly ValueOf<P['member']>[]
          : P extends StructureParameter
            ? InputOf<P['members']>
            : never;
