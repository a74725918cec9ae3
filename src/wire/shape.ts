/**
 * A vendor's shapes as data: what a value on the wire may look like. Lengths are in characters for strings, in entries
 * for lists and maps; `pattern` is anchored at both ends.
 */
export type Shape =
  | StringShape
  | NumberShape
  | { readonly kind: 'boolean' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'blob'; readonly min?: number; readonly max?: number; readonly sensitive?: boolean }
  | { readonly kind: 'document' }
  | ListShape
  | MapShape
  | StructureShape;

export interface StringShape {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** The text stands for a whole number. */
  readonly number?: NumberText;
  /** In the order in which the vendor lists them in its messages. */
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
}

/** Bounds of a whole number that travels as text; with `orNone` it may be the word NONE instead. */
export interface NumberText {
  readonly min: number;
  readonly max: number;
  readonly orNone?: boolean;
}

export interface NumberShape {
  readonly kind: 'integer' | 'long' | 'double';
  readonly min?: number;
  readonly max?: number;
}

export interface ListShape {
  readonly kind: 'list';
  readonly member: () => Shape;
  readonly min?: number;
  readonly max?: number;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: () => Shape;
  readonly value: () => Shape;
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape {
  readonly kind: 'structure';
  readonly required: readonly string[];
  readonly members: Readonly<Record<string, Member>>;
  readonly union?: boolean;
}

export interface Member {
  readonly shape: () => Shape;
  /** Where REST protocols carry it; absent means the body. */
  readonly location?: 'uri' | 'querystring' | 'header';
  readonly locationName?: string;
}

export interface OperationShape {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly input: StructureShape;
  /** False when the vendor answers with an empty body. */
  readonly hasOutput: boolean;
}

/** One vendor API as data, generated from its public model. */
export interface ServiceModel {
  readonly apiVersion: string;
  /** Name in SigV4 credential scopes. */
  readonly signingName: string;
  readonly targetPrefix?: string;
  readonly operations: Readonly<Record<string, OperationShape>>;
}
