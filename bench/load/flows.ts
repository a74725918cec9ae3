import type { FlowCaller } from './cloudflow-client.ts';

/** A flow to be run over and over, with one input and the output that it must have. */
export interface Flow {
  readonly name: string;
  /** JSON, which is YAML too. */
  readonly definition: string;
  readonly mode: 'Standard' | 'Express';
  readonly input: string;
  /** As DescribeExecution spells it. */
  readonly output: string;
}

/** What the module function of the load answers: the event's number plus one, and as much as Restate's steps answer. */
export function answerOf(n: number) {
  return { reserved: true, shelf: 'A-17', at: Array(2).fill('2020-01-01T00:00:00Z'), n: n + 1 };
}

export async function createFlow(caller: FlowCaller, { name, definition, mode }: Flow): Promise<void> {
  const rest = { Type: 'FDL', Description: 'load', ExecutionMode: mode };
  await caller.ask('CreateFlow', { Name: name, Definition: definition, ...rest });
}

export function onePass(): Flow {
  const input = JSON.stringify({ order: 'c-1042', count: 2 });
  const states = [{ Type: 'Pass', Name: 'pass', End: true }];
  return {
    name: 'one-pass',
    definition: stateMachine('one-pass', states),
    mode: 'Standard',
    input,
    output: input,
  };
}

/** Tasks one after the other, each called with what the one before has answered. */
export function fiveTasks(mode: Flow['mode']): Flow {
  const name = `five-tasks-${mode.toLowerCase()}`;
  const states = Array.from({ length: 5 }, (_, step) => ({
    ...functionTask(`step-${step}`),
    ...(step < 4 ? { Next: `step-${step + 1}` } : { End: true }),
  }));
  const definition = stateMachine(name, states);
  return { name, definition, mode, input: JSON.stringify({ n: 0 }), output: JSON.stringify(answerOf(4)) };
}

/** A task for each item of an array. */
export function mapOfTasks(items: number): Flow {
  const name = `map-of-${items}`;
  const processor = { StartAt: 'each', States: [{ ...functionTask('each'), End: true }] };
  const map = { Type: 'Map', Name: 'map', ItemsPath: '$Input.items', Processor: processor, End: true };
  const numbers = Array.from({ length: items }, (_, item) => item);
  return {
    name,
    definition: stateMachine(name, [map]),
    mode: 'Standard',
    input: JSON.stringify({ items: numbers.map((n) => ({ n })) }),
    output: JSON.stringify({ Items: numbers.map(answerOf) }),
  };
}

const stepsPerRound = 100;

/** So many steps that do nothing, a multiple of 100: a hundred in a row, run through in rounds that a choice counts. */
export function passSteps(count: number): Flow {
  const name = `pass-${count}`;
  const times = count / stepsPerRound;
  const plain = Array.from({ length: stepsPerRound - 1 }, (_, step) => ({
    Type: 'Pass',
    Name: `s${step}`,
    Next: `s${step + 1}`,
  }));
  const states = [
    ...plain,
    { Type: 'Pass', Name: `s${plain.length}`, OutputConstructor: counted, Next: 'again' },
    {
      Type: 'Choice',
      Name: 'again',
      Branches: [{ Condition: '$Input.n < $Input.times', Next: 's0' }],
      Default: 'end',
    },
    { Type: 'Succeed', Name: 'end' },
  ];
  const definition = stateMachine(name, states);
  const values = (n: number) => JSON.stringify({ n, times });
  return { name, definition, mode: 'Standard', input: values(0), output: values(times) };
}

const counted = { 'n.$': 'intAdd($Input.n, 1)', 'times.$': '$Input.times' };

/** A task that waits to be reported, once its function has been called with its token. */
export function oneCallback(): Flow {
  const task = {
    ...functionTask('ask'),
    TaskMode: 'WaitForCustomCallback',
    Parameters: parameters({ 'token.$': '$Context.Current.TaskToken', n: 1 }),
    OutputConstructor: { 'said.$': '$Output.said' },
    End: true,
  };
  const definition = stateMachine('one-callback', [task]);
  return {
    name: 'one-callback',
    definition,
    mode: 'Standard',
    input: '{"order":"c-1042"}',
    output: '{"said":"yes"}',
  };
}

function functionTask(name: string) {
  return {
    Type: 'Task',
    Name: name,
    Action: 'FC:InvokeFunction',
    Parameters: { resourceArn: 'acs:fc:::functions/answer', 'body.$': '$Input' },
    OutputConstructor: {
      'reserved.$': '$Output.Body.reserved',
      'shelf.$': '$Output.Body.shelf',
      'at.$': '$Output.Body.at',
      'n.$': '$Output.Body.n',
    },
  };
}

const parameters = (body: object) => ({ resourceArn: 'acs:fc:::functions/answer', body });

function stateMachine(name: string, states: readonly { readonly Name: string }[]): string {
  const head = { Type: 'StateMachine', SpecVersion: 'v1', Name: name, StartAt: states[0]?.Name };
  return JSON.stringify({ ...head, States: states });
}
