/**
 * The functions that test flows call, as one module: the name under which it is configured says which. Each call is
 * a line of the file `calls` beside the module, which is why tests copy it into a folder of their own.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

type Event = Readonly<Record<string, unknown>>;

/** One line of the file. */
export interface DoubleCall {
  readonly name: string;
  /** Flow, execution, step and attempt, parted by slashes. */
  readonly key: string;
  /** When it was called, in epoch milliseconds. */
  readonly time: number;
  readonly event: Event;
}

class NamedError extends Error {
  constructor(name: string) {
    super(`${name} on purpose`);
    this.name = name;
  }
}

const doubles: Readonly<Record<string, (event: Event, attempt: number) => unknown>> = {
  echo: (event) => event,
  upper: ({ name }) => ({ name: String(name).toUpperCase() }),
  square: ({ n }) => ({ n: Number(n) ** 2 }),
  inc: ({ i }) => ({ i: Number(i) + 1 }),
  flaky: (_event, attempt) => {
    if (attempt <= 2) throw new NamedError('TransientError');
    return { ok: true, attempts: attempt };
  },
  boom: () => {
    throw new NamedError('BoomError');
  },
};

const file = new URL('calls', import.meta.url);

interface Context {
  readonly functionName: string;
  readonly idempotencyKey: string;
}

export async function handler(event: Event, { functionName: name, idempotencyKey: key }: Context) {
  const call: DoubleCall = { name, key, time: Date.now(), event };
  appendFileSync(file, `${JSON.stringify(call)}\n`);
  await turn();
  return doubles[name]?.(event, attemptOf(call));
}

/** Which attempt of its execution this is, whatever was called twice because a crash had swallowed its answer. */
function attemptOf({ name, key }: DoubleCall): number {
  const execution = executionOf(key);
  const ofExecution = readCalls(file).filter(
    (call) => call.name === name && executionOf(call.key) === execution,
  );
  return new Set(ofExecution.map((call) => call.key)).size;
}

const executionOf = (key: string): string => key.split('/').slice(0, 2).join('/');

/** The calls in a file, in the order in which they came. */
export function readCalls(path: string | URL): DoubleCall[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as DoubleCall);
}
