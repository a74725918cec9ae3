import type { InputOf, ParameterTable } from '../../../wire/protocols/alibaba-rpc-shape.ts';

/** Names of flows, executions, schedules and aliases. */
const name = {
  kind: 'string',
  min: 1,
  max: 128,
  pattern: '[A-Za-z_][A-Za-z0-9_-]*',
  form: '1 to 128 letters, digits, _ and -, not beginning with a digit or -',
} as const;

const requiredName = { ...name, required: true } as const;

/** What each operation of CloudFlow, API version 2019-03-15, takes: https://api.aliyun.com/document/fnf/2019-03-15/overview */
export const parameters = {
  DescribeExecution: {
    FlowName: requiredName,
    ExecutionName: requiredName,
    WaitTimeSeconds: { kind: 'integer', min: 0, max: 60 },
  },
} as const satisfies ParameterTable;

export type OperationName = keyof typeof parameters;

/** The input of an operation, for example `Input<'DescribeExecution'>`. */
export type Input<Name extends OperationName> = InputOf<(typeof parameters)[Name]>;
