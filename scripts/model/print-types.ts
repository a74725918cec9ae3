import { type Reference, shapeNamed, type VendorModel, type VendorShape } from './vendor-model.ts';

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  timestamp: 'number',
  boolean: 'boolean',
  blob: 'string',
};

/** The source of `types.gen.ts`: what structures and enums are as JSON on the wire. */
export function printTypes(model: VendorModel): string {
  const shapes = Object.entries(model.shapes).sort(([a], [b]) => (a < b ? -1 : 1));
  const faults = shapes.filter(([, shape]) => shape.exception === true).map(([name]) => name);
  const lines = [
    printUnion('OperationName', Object.keys(model.operations)),
    printUnion('FaultName', faults),
    ...shapes.map(([name, shape]) => printType(model, name, shape)),
  ];
  return lines.filter((text) => text !== '').join('\n');
}

function printType(model: VendorModel, name: string, shape: VendorShape): string {
  if (shape.enum !== undefined) return printUnion(name, shape.enum);
  if (shape.type !== 'structure' || shape.exception === true || shape.document === true) return '';
  const members = Object.entries(shape.members ?? {}).map(([member, reference]) => {
    const optional = shape.required?.includes(member) === true ? '' : '?';
    return `  readonly ${member}${optional}: ${typeOf(model, reference)};\n`;
  });
  return `export interface ${name} {\n${members.join('')}}\n`;
}

function printUnion(name: string, values: readonly string[]): string {
  if (values.length === 0) return '';
  return `export type ${name} =\n${values.map((value) => `  | '${value}'`).join('\n')};\n`;
}

function typeOf(model: VendorModel, reference: Reference | undefined): string {
  if (reference === undefined) throw new Error('a list or map without its parts');
  const shape = shapeNamed(model, reference.shape);
  if (shape.document === true) return 'unknown';
  if (shape.enum !== undefined || shape.type === 'structure') return reference.shape;
  if (shape.type === 'list') return `readonly ${typeOf(model, shape.member)}[]`;
  if (shape.type === 'map') return `Readonly<Record<string, ${typeOf(model, shape.value)}>>`;
  const primitive = PRIMITIVES[shape.type];
  if (primitive === undefined) throw new Error(`${reference.shape}: unknown type ${shape.type}`);
  return primitive;
}
