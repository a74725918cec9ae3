import type { Random } from '../random.ts';
import { BUCKET, fileName } from './stored-items.ts';

/** A flow of the load: what its executions are given, and what they must come to. */
export interface CrashFlow {
  readonly name: string;
  readonly definition: string;
  readonly input: (n: number, random: Random) => Values;
  /** The whole output; what a report brought stands in place of `REPORTED`. */
  readonly output: (input: Values) => unknown;
}

export type Values = Readonly<Record<string, unknown>>;

/** Stands in an expected output for what was reported to the task. */
export const REPORTED = '<reported>';

/** Its items and results are in a bucket. */
export const STORED = 'stored';

const legacy = (steps: string): string => `version: v1\ntype: flow\nsteps:\n${steps}`;
const machine = (name: string, states: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: ${name}\nStartAt: first\nStates:\n${states}`;
const fc = (name: string): string => `acs:fc:::services/t/functions/${name}`;

const squares = (list: unknown): number[] => (list as number[]).map((n) => n ** 2);
const numbers = (random: Random, most: number): number[] =>
  Array.from({ length: random.below(most + 1) }, () => random.below(100));
const groups = (n: number, random: Random): Values => ({
  n,
  groups: Array.from({ length: 1 + random.below(4) }, () => ({ members: numbers(random, 4) })),
});
const membersOf = ({ groups }: Values) => (groups as { members: number[] }[]).map(({ members }) => members);

export const CRASH_FLOWS: readonly CrashFlow[] = [
  {
    name: 'pause',
    definition: legacy(`
  - {type: wait, name: nap, duration: $.seconds}
  - {type: pass, name: last, outputMappings: [{target: n, source: $input.n}]}
`),
    input: (n, random) => ({ n, seconds: 1 + random.below(3) }),
    output: ({ n }) => ({ n }),
  },
  {
    name: 'retry',
    definition: legacy(`
  - type: task
    name: unstable
    resourceArn: ${fc('flaky')}
    retry: [{errors: [TransientError], intervalSeconds: 1, maxAttempts: 3, multiplier: 1}]
`),
    input: (n) => ({ n }),
    output: () => ({ ok: true, attempts: 3 }),
  },
  {
    name: 'retry-state',
    definition: machine(
      'retry-state',
      `
  - Type: Task
    Name: first
    Action: FC:InvokeFunction
    Parameters: {resourceArn: ${fc('flaky')}, body: {}}
    Retry: [{Errors: [TransientError], MaxAttempts: 3, IntervalSeconds: 1}]
    OutputConstructor: {body.$: $Output.Body, n.$: $Input.n}
    End: true
`,
    ),
    input: (n) => ({ n }),
    output: ({ n }) => ({ n, body: { ok: true, attempts: 3 } }),
  },
  {
    name: 'nested',
    definition: legacy(`
  - type: foreach
    name: outer
    iterationMapping: {collection: $.groups, item: g}
    steps:
      - type: foreach
        name: inner
        iterationMapping: {collection: $.g.members, item: m}
        steps:
          - type: task
            name: sq
            resourceArn: ${fc('square')}
            inputMappings: [{target: n, source: $input.m}]
        outputMappings: [{target: squares, source: "$local[*].n"}]
    outputMappings: [{target: groups, source: "$local[*].squares"}]
`),
    input: groups,
    output: (input) => ({ groups: membersOf(input).map(squares) }),
  },
  {
    name: 'nested-map',
    definition: machine(
      'nested-map',
      `
  - Type: Map
    Name: first
    ItemsPath: $Input.groups
    Processor:
      StartAt: each
      States:
        - Type: Map
          Name: each
          ItemsPath: $Input.members
          MaxConcurrency: 2
          Processor:
            StartAt: sq
            States:
              - Type: Task
                Name: sq
                Action: FC:InvokeFunction
                Parameters: {resourceArn: ${fc('square')}, body: {n.$: $Input}}
                OutputConstructor: {n.$: $Output.Body.n}
                End: true
          OutputConstructor: {squares.$: "$Output.Items[*].n"}
          End: true
    End: true
`,
    ),
    input: groups,
    output: (input) => ({ Items: membersOf(input).map((members) => ({ squares: squares(members) })) }),
  },
  {
    name: 'distributed',
    definition: machine(
      'distributed',
      `
  - Type: Map
    Name: first
    ItemsPath: $Input.items
    ProcessorConfig: {ExecutionMode: Standard}
    MaxConcurrency: 3
    Processor:
      StartAt: sq
      States:
        - Type: Task
          Name: sq
          Action: FC:InvokeFunction
          Parameters: {resourceArn: ${fc('square')}, body: {n.$: $Input.n}}
          OutputConstructor: {n.$: $Output.Body.n}
          End: true
    OutputConstructor: {squares.$: "$Output.Items[*].n"}
    End: true
`,
    ),
    input: (n, random) => ({ n, items: [1, ...numbers(random, 5)].map((item) => ({ n: item })) }),
    output: ({ items }) => ({ squares: squares((items as { n: number }[]).map(({ n }) => n)) }),
  },
  {
    name: STORED,
    definition: machine(
      STORED,
      `
  - Type: Map
    Name: first
    ItemReader: {SourceType: OSS_JSON_LIST, SourceParameters: {Bucket: ${BUCKET}, ObjectName.$: $Input.file}}
    ResultWriter: {Parameters: {Bucket: ${BUCKET}, Prefix: out}}
    ProcessorConfig: {ExecutionMode: Standard}
    MaxConcurrency: 3
    Retry: [{Errors: [OSS.InternalError], MaxAttempts: 1000, IntervalSeconds: 1}]
    Processor:
      StartAt: sq
      States:
        - Type: Task
          Name: sq
          Action: FC:InvokeFunction
          Parameters: {resourceArn: ${fc('square')}, body: {n.$: $Input.n}}
          OutputConstructor: {n.$: $Output.Body.n}
          End: true
    OutputConstructor: {n.$: $Input.n, bucket.$: $Output.ResultWriterDetails.Bucket}
    End: true
`,
    ),
    input: (n, random) => ({ n, file: fileName(random) }),
    output: ({ n }) => ({ n, bucket: BUCKET }),
  },
  {
    name: 'approval',
    definition: legacy(`
  - type: task
    name: ask
    resourceArn: ${fc('echo')}
    pattern: waitForCallback
    inputMappings: [{target: token, source: $context.task.token}]
    outputMappings: [{target: answer, source: $local.answer}]
`),
    input: (n) => ({ n }),
    output: () => ({ answer: REPORTED }),
  },
  {
    name: 'approval-state',
    definition: machine(
      'approval-state',
      `
  - Type: Task
    Name: first
    Action: FC:InvokeFunction
    TaskMode: WaitForCustomCallback
    Parameters: {resourceArn: ${fc('echo')}, body: {token.$: $Context.Current.TaskToken}}
    Next: last
  - Type: Wait
    Name: last
    Seconds: 1
    End: true
`,
    ),
    input: (n) => ({ n }),
    output: () => ({ answer: REPORTED }),
  },
  {
    name: 'child',
    definition: legacy(`
  - {type: task, name: sq, resourceArn: "${fc('square')}"}
`),
    input: (n) => ({ n }),
    output: ({ n }) => ({ n: Number(n) ** 2 }),
  },
  {
    name: 'parent',
    definition: legacy(`
  - type: foreach
    name: each
    iterationMapping: {collection: $.numbers, item: n}
    steps:
      - type: task
        name: sub
        resourceArn: acs:fnf:::flow/child
        pattern: sync
        inputMappings: [{target: n, source: $input.n}]
        serviceParams: {Input: $}
        outputMappings: [{target: r, source: $local.n}]
    outputMappings: [{target: squares, source: "$local[*].r"}]
`),
    input: (n, random) => ({ n, numbers: numbers(random, 4) }),
    output: ({ numbers: list }) => ({ squares: squares(list) }),
  },
  {
    name: 'launcher',
    definition: machine(
      'launcher',
      `
  - Type: Task
    Name: first
    Action: FNF:StartExecution
    Parameters: {resourceArn: "acs:fnf:::flow/child", executionName.$: $Input.child, input: {n.$: $Input.n}}
    OutputConstructor: {child.$: $Output.ExecutionName}
    End: true
`,
    ),
    input: (n) => ({ n, child: `launched-${n}` }),
    output: ({ child }) => ({ child }),
  },
  {
    name: 'async',
    definition: machine(
      'async',
      `
  - Type: Task
    Name: first
    Action: FC:InvokeFunction
    Parameters: {resourceArn: ${fc('flaky')}, invocationType: Async, body: {}}
    OutputConstructor: {n.$: $Input.n, status.$: $Output.Code}
    End: true
`,
    ),
    input: (n) => ({ n }),
    output: ({ n }) => ({ n, status: 202 }),
  },
  {
    name: 'mix',
    definition: legacy(`
  - type: parallel
    name: all
    branches:
      - steps: [{type: wait, name: nap, duration: 1}, {type: pass, name: woke, outputMappings: [{target: woke, source: true}]}]
      - steps: [{type: task, name: up, resourceArn: "${fc('upper')}"}]
      - steps:
          - type: task
            name: unstable
            resourceArn: ${fc('flaky')}
            retry: [{errors: [FnF.ALL], intervalSeconds: 1, maxAttempts: 3, multiplier: 1}]
      - steps: [{type: task, name: sub, resourceArn: "acs:fnf:::flow/child", pattern: sync}]
    outputMappings: [{target: branches, source: $local}]
`),
    input: (n) => ({ n, name: `n${n}` }),
    output: ({ n, name }) => ({
      branches: [
        { woke: true },
        { name: String(name).toUpperCase() },
        { ok: true, attempts: 3 },
        { n: Number(n) ** 2 },
      ],
    }),
  },
];

/** Calls a function without waiting for it. */
export const ASYNC = 'async';

/** Its executions are started by schedules only. */
export const SCHEDULED = 'scheduled';
export const SCHEDULED_DEFINITION = legacy('  - {type: wait, name: nap, duration: 1}\n');
