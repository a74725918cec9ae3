import { Rejection } from '../../../../src/kernel/errors.ts';

type Values = Readonly<Record<string, unknown>>;

/** Functions that the cases call, by the last name of their ARN; `call` counts from 1 within the execution. */
const doubles: Readonly<Record<string, (event: Values, call: number) => unknown>> = {
  echo: (event) => event,
  upper: ({ name }) => ({ name: String(name).toUpperCase() }),
  square: ({ n }) => ({ n: Number(n) ** 2 }),
  inc: ({ i }) => ({ i: Number(i) + 1 }),
  flaky: (_event, call) => {
    if (call <= 2) throw new Rejection('TransientError', 'not yet');
    return { ok: true, attempts: call };
  },
  boom: () => {
    throw new Rejection('BoomError', 'as always');
  },
  scalar: () => 7,
};

export function nameOfFunction(resource: string): string {
  return (
    resource
      .replace(/\/LATEST$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

export function callDouble(name: string, event: Values, call: number): unknown {
  const double = doubles[name];
  if (double === undefined) throw new Rejection('FC.FunctionNotFound', `no function ${name}`);
  return double(event, call);
}
