import { readFileSync } from 'node:fs';

/** The part of an AWS API model (`version` 2.0) that the generator reads. */
export interface VendorModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly endpointPrefix: string;
    readonly signingName?: string;
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<Record<string, VendorOperation>>;
  readonly shapes: Readonly<Record<string, VendorShape>>;
}

export interface VendorOperation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: Reference;
  readonly output?: Reference;
}

export interface Reference {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
}

export interface VendorShape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** Not the vendor's: what a text that stands for a whole number may be. */
  readonly number?: { readonly min: number; readonly max: number; readonly orNone?: boolean };
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly exception?: boolean;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
}

/** What we know better than the published model, per shape; `why` is for readers. */
export interface Overrides {
  readonly shapes: Readonly<Record<string, Override>>;
}

type Constraints = Partial<Pick<VendorShape, 'min' | 'max' | 'pattern' | 'number' | 'enum' | 'required'>>;

export interface Override extends Constraints {
  readonly why: string;
  /** For a shape that the model does not have. */
  readonly type?: string;
  /** Members of a structure that are of another shape than the model says, with its name. */
  readonly members?: Readonly<Record<string, string>>;
}

export function readModel(modelFile: string, overridesFile?: string): VendorModel {
  const model = readJson(modelFile) as VendorModel;
  return overridesFile === undefined ? model : applyOverrides(model, readJson(overridesFile) as Overrides);
}

/** Throws when an override names no shape or member, or changes which values an enum has. */
export function applyOverrides(model: VendorModel, overrides: Overrides): VendorModel {
  const shapes = { ...model.shapes };
  for (const [name, override] of Object.entries(overrides.shapes))
    shapes[name] = overridden(model, name, override);
  return { ...model, shapes };
}

function overridden(model: VendorModel, name: string, override: Override): VendorShape {
  const { why: _, type, members, ...changes } = override;
  if (type !== undefined) {
    if (model.shapes[name] !== undefined) throw new Error(`override of ${name}: the model has that shape`);
    return { type, ...changes };
  }
  const shape = shapeNamed(model, name);
  if (changes.enum !== undefined && !sameValues(changes.enum, shape.enum ?? [])) {
    throw new Error(`override of ${name}: its enum may only be put in another order`);
  }
  return { ...shape, ...changes, ...(members !== undefined && { members: repointed(name, shape, members) }) };
}

function repointed(name: string, shape: VendorShape, changes: Readonly<Record<string, string>>) {
  const members = { ...shape.members };
  for (const [member, target] of Object.entries(changes)) {
    const reference = members[member];
    if (reference === undefined) throw new Error(`override of ${name}: it has no member ${member}`);
    members[member] = { ...reference, shape: target };
  }
  return members;
}

export function shapeNamed(model: VendorModel, name: string): VendorShape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}

function sameValues(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
