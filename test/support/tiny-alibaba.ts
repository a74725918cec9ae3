import type { AlibabaApi, Call, JsonText } from '../../src/apis/api.ts';
import { alibabaFault } from '../../src/wire/protocols/alibaba-rpc-errors.ts';
import type { InputOf, Parameters, ParameterTable } from '../../src/wire/protocols/alibaba-rpc-shape.ts';

const parameters = {
  Text: { kind: 'string', required: true, min: 1 },
  Note: { kind: 'string' },
  Wait: { kind: 'integer', min: 0, max: 60 },
  Loud: { kind: 'boolean' },
  Things: {
    kind: 'list',
    max: 3,
    member: {
      kind: 'structure',
      members: {
        Name: { kind: 'string', required: true, min: 1 },
        Weight: { kind: 'integer', min: 0 },
      },
    },
  },
} as const satisfies Parameters;

export type TinyInput = InputOf<typeof parameters>;

type Served = (input: TinyInput, call: Call) => Promise<object | JsonText | undefined>;

export const VERSION = '2019-03-15';

/** An API in the manner of Alibaba with operations of the test's own; `Echo` unless given. */
export function tinyAlibaba(
  operations: Readonly<Record<string, Served>> = { Echo: async (input) => ({ ...input }) },
): AlibabaApi {
  const table = Object.fromEntries(Object.keys(operations).map((name) => [name, parameters]));
  return alibabaApi(operations, table);
}

/** The same with parameters of the test's own. */
export function alibabaApi(operations: AlibabaApi['operations'], table: ParameterTable): AlibabaApi {
  return {
    name: 'tiny-rpc',
    protocol: 'alibaba-rpc',
    product: 'tiny',
    version: VERSION,
    parameters: table,
    operations,
    permission: (operation, { Text }, call) => ({
      action: `tiny:${operation}`,
      resource: `acs:tiny:${call.region}:${call.account}:thing/${Text}`,
      context: { 'tiny:text': String(Text) },
    }),
    fault: alibabaFault,
  };
}
