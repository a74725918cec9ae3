import {
  type Reference,
  shapeNamed,
  type VendorModel,
  type VendorOperation,
  type VendorShape,
} from './vendor-model.ts';

const NO_INPUT = 'NoInput';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'StringShape',
  integer: 'NumberShape',
  long: 'NumberShape',
  double: 'NumberShape',
  list: 'ListShape',
  map: 'MapShape',
  structure: 'StructureShape',
};

const LOCATIONS = ['uri', 'querystring', 'header'];

/** The source of `shapes.gen.ts`: every shape that a request can hold, and the operations. */
export function printShapes(model: VendorModel, exportName: string): string {
  const operations = Object.values(model.operations);
  const names = reachable(model, operations);
  const constants = names.map((name) => printConstant(name, shapeNamed(model, name)));
  if (operations.some((operation) => operation.input === undefined)) {
    constants.push(`const ${NO_INPUT}: StructureShape = { kind: 'structure', required: [], members: {} };`);
  }
  const used = [...new Set(['ServiceModel', ...constants.map((text) => /: (\w+) =/.exec(text)?.[1] ?? '')])];
  return [
    `import type { ${used.sort().join(', ')} } from '../../../wire/shape.ts';`,
    '',
    ...constants,
    '',
    `export const ${exportName}: ServiceModel = {`,
    ...printMetadata(model),
    '  operations: {',
    ...operations.map(printOperation),
    '  },',
    '};',
    '',
  ].join('\n');
}

function printMetadata({ metadata }: VendorModel): string[] {
  const lines = [
    `  apiVersion: ${quote(metadata.apiVersion)},`,
    `  signingName: ${quote(metadata.signingName ?? metadata.endpointPrefix)},`,
  ];
  if (metadata.targetPrefix !== undefined) lines.push(`  targetPrefix: ${quote(metadata.targetPrefix)},`);
  return lines;
}

function printOperation({ name, http, input, output }: VendorOperation): string {
  return (
    `    ${name}: { name: ${quote(name)}, method: ${quote(http.method)}, uri: ${quote(http.requestUri)}, ` +
    `input: ${input?.shape ?? NO_INPUT}, hasOutput: ${output !== undefined} },`
  );
}

/** Names of the shapes in requests, in alphabetical order. */
function reachable(model: VendorModel, operations: readonly VendorOperation[]): string[] {
  const seen = new Set<string>();
  const visit = (reference: Reference | undefined): void => {
    if (reference === undefined || seen.has(reference.shape)) return;
    seen.add(reference.shape);
    const { member, key, value, members } = shapeNamed(model, reference.shape);
    for (const next of [member, key, value, ...Object.values(members ?? {})]) visit(next);
  };
  for (const operation of operations) visit(operation.input);
  return [...seen].sort();
}

function printConstant(name: string, shape: VendorShape): string {
  const kind = kindOf(shape);
  const fields = [`kind: ${quote(kind)}`, ...printConstraints(shape)];
  if (kind === 'list') fields.push(`member: ${printThunk(shape.member)}`);
  if (kind === 'map') fields.push(`key: ${printThunk(shape.key)}`, `value: ${printThunk(shape.value)}`);
  if (kind !== 'structure')
    return `const ${name}: ${TYPE_NAMES[kind] ?? 'Shape'} = { ${fields.join(', ')} };`;
  const members = Object.entries(shape.members ?? {}).map(printMember);
  const opening = `const ${name}: StructureShape = {\n  ${fields[0]},\n`;
  const union = shape.union === true ? '  union: true,\n' : '';
  const required = `  required: [${(shape.required ?? []).map(quote).join(', ')}],\n`;
  return `${opening}${union}${required}  members: {\n${members.join('')}  },\n};`;
}

function kindOf(shape: VendorShape): string {
  if (shape.document === true) return 'document';
  if (shape.type === 'float') return 'double';
  return shape.type;
}

function printConstraints({ min, max, pattern, number, enum: values, sensitive }: VendorShape): string[] {
  const fields: string[] = [];
  if (min !== undefined) fields.push(`min: ${min}`);
  if (max !== undefined) fields.push(`max: ${max}`);
  if (pattern !== undefined) fields.push(`pattern: ${quote(pattern)}`);
  if (number !== undefined) fields.push(`number: ${printNumber(number)}`);
  if (values !== undefined) fields.push(`enum: [${values.map(quote).join(', ')}]`);
  if (sensitive === true) fields.push('sensitive: true');
  return fields;
}

function printNumber({ min, max, orNone }: NonNullable<VendorShape['number']>): string {
  return `{ min: ${min}, max: ${max}${orNone === true ? ', orNone: true' : ''} }`;
}

function printMember([name, reference]: readonly [string, Reference]): string {
  const fields = [`shape: ${printThunk(reference)}`];
  if (reference.location !== undefined) {
    if (!LOCATIONS.includes(reference.location))
      throw new Error(`${name}: unknown location ${reference.location}`);
    fields.push(`location: ${quote(reference.location)}`);
  }
  if (reference.locationName !== undefined) fields.push(`locationName: ${quote(reference.locationName)}`);
  return `    ${name}: { ${fields.join(', ')} },\n`;
}

function printThunk(reference: Reference | undefined): string {
  if (reference === undefined) throw new Error('a list or map without its parts');
  return `() => ${reference.shape}`;
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
