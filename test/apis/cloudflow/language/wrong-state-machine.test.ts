import { testWrong, type Wrong } from './wrong-definitions.ts';

const PASS = 'StartAt: A\nStates: [{Type: Pass, Name: A, End: true}]';
const FLOWS: readonly Wrong[] = [
  [PASS, 'line 1, the flow: the field SpecVersion is missing'],
  [`SpecVersion: v2\n${PASS}`, "line 2, the flow: SpecVersion must be v1, not 'v2'"],
  [`SpecVersion: v1\nComment: x\n${PASS}`, 'line 3, the flow: the field Comment is not known'],
  [`SpecVersion: v1\nTimeout: x\n${PASS}`, 'line 3, the flow: Timeout must be a whole number of at least 1'],
  ['SpecVersion: v1\nStartAt: A', 'line 1, the flow: the field States is missing'],
  [
    'SpecVersion: v1\nStates: [{Type: Pass, Name: A, End: true}]',
    'line 1, the flow: the field StartAt is missing',
  ],
  [
    'SpecVersion: v1\nStartAt: B\nStates: [{Type: Pass, Name: A, End: true}]',
    "line 3, the flow: StartAt names 'B', which is no state of this scope",
  ],
  ['SpecVersion: v1\nStartAt: A\nStates: {A: {Type: Pass}}', 'line 4, the flow: States must be a list'],
];
testWrong(FLOWS, (text) => `Type: StateMachine\n${text}`);

const HEAD = 'Type: Pass\n    Name: A';
const BRANCH = '{StartAt: B, States: [{Type: Pass, Name: B, End: true}]}';
const TASK = 'Type: Task\n    Name: A\n    Action: FC:InvokeFunction\n    End: true';
const MAP = `Type: Map\n    Name: A\n    End: true\n    Processor: ${BRANCH}`;
const READER = `${MAP}\n    ProcessorConfig: {}\n    ItemReader: `;
const CHOICE = 'Type: Choice\n    Name: A\n    Default: A\n    Branches:';
const STATES: readonly Wrong[] = [
  ['Type: Pass', 'line 5, a state of the flow: the field Name is missing'],
  ['Name: A', "line 5, state 'A': the field Type is missing"],
  [
    'Name: A\n    Type: pass',
    "line 6, state 'A': Type must be Pass or Wait or Succeed or Fail or Choice or Parallel or Map or Task, not 'pass'",
  ],
  [HEAD, "line 5, state 'A': exactly one of Next and 'End: true' must be there"],
  [`${HEAD}\n    End: false`, "line 5, state 'A': exactly one of Next and 'End: true' must be there"],
  [
    `${HEAD}\n    Next: A\n    End: true`,
    "line 8, state 'A': exactly one of Next and 'End: true' must be there",
  ],
  [`${HEAD}\n    Next: B`, "line 7, state 'A': Next names 'B', which is no state of this scope"],
  [`${HEAD}\n    End: 1`, "line 7, state 'A': End must be true or false"],
  [
    `${HEAD}\n    End: true\n  - ${HEAD}\n    End: true`,
    "line 9, state 'A': another state of the same scope has this name",
  ],
  [`${HEAD}\n    Retry: []\n    End: true`, "line 7, state 'A': the field Retry is not known"],
  [
    `${HEAD}\n    End: true\n    OutputConstructor: $Input`,
    "line 8, state 'A': OutputConstructor must be a map",
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      a.$: text`,
    "line 9, state 'A': the expression a.$ calls the unknown function text at character 1",
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      list:\n        - b.$: "1 +"`,
    'line 10, state \'A\': the expression b.$ has an unexpected "+" at character 3',
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      a.$:`,
    "line 9, state 'A': the key a.$ needs an expression",
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      a.$:\n        b: $Nothing.x`,
    "line 10, state 'A': the expression $Nothing.x uses $Nothing where only $Input, $Context, $Global, $Environment, $Output can be used at character 1",
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      a.$: 1\n      a: 1`,
    "line 10, state 'A': the key a is there twice",
  ],
  [
    `${HEAD}\n    End: true\n    OutputConstructor:\n      .$: 1`,
    "line 9, state 'A': the key .$ has no name",
  ],
  [
    `${HEAD}\n    End: true\n    InputConstructor:\n      a.$: $Output.x`,
    "line 9, state 'A': the expression a.$ uses $Output where only $Input, $Context, $Global, $Environment can be used at character 1",
  ],
  [
    `${HEAD}\n    End: true\n    GlobalConstructor:\n      a.$: sha1($Input)`,
    "line 9, state 'A': the expression a.$ calls the unknown function sha1 at character 1",
  ],

  ['Type: Wait\n    Name: A\n    End: true', "line 5, state 'A': the field Seconds is missing"],
  [
    'Type: Wait\n    Name: A\n    End: true\n    Seconds: 0',
    "line 8, state 'A': Seconds must be a whole number from 1 to 300",
  ],
  [
    'Type: Wait\n    Name: A\n    End: true\n    Seconds: 301',
    "line 8, state 'A': Seconds must be a whole number from 1 to 300",
  ],
  [
    'Type: Wait\n    Name: A\n    End: true\n    Seconds: $Input.s',
    "line 8, state 'A': Seconds must be a whole number from 1 to 300",
  ],
  [
    'Type: Wait\n    Name: A\n    End: true\n    Seconds: 1\n    Seconds.$: $Input.s',
    "line 9, state 'A': only one of Seconds and Seconds.$ can be there",
  ],
  ['Type: Succeed\n    Name: A\n    Next: A', "line 7, state 'A': the field Next is not known"],
  ['Type: Fail\n    Name: A\n    Code: 1', "line 7, state 'A': Code must be a text"],

  [CHOICE, "line 5, state 'A': the field Branches is missing"],
  [
    `${CHOICE} [{Condition: $Input.a, Next: A}]\n    End: true`,
    "line 9, state 'A': the field End is not known",
  ],
  [`${CHOICE} [{Next: A}]`, "line 8, Branches of state 'A': the field Condition is missing"],
  [
    `${CHOICE} [{Condition: $.a, Next: A}]`,
    "line 8, Branches of state 'A': the expression Condition uses $. where only $Input, $Context, $Global, $Environment can be used at character 1",
  ],
  [
    `${CHOICE} [{Condition: $Input.a, Next: B}]`,
    "line 8, Branches of state 'A': Next names 'B', which is no state of this scope",
  ],
  [
    'Type: Choice\n    Name: A\n    Branches: [{Condition: $Input.a, Next: A}]',
    "line 5, state 'A': the field Default is missing",
  ],

  ['Type: Parallel\n    Name: A\n    End: true', "line 5, state 'A': the field Branches is missing"],
  [
    `Type: Parallel\n    Name: A\n    End: true\n    Branches: [${'{},'.repeat(51)}]`,
    "line 8, state 'A': Branches has more than 50 items",
  ],
  [
    'Type: Parallel\n    Name: A\n    End: true\n    Branches: [{StartAt: B, States: [{Type: Pass, Name: B, Next: A}]}]',
    "line 8, state 'B': Next names 'A', which is no state of this scope",
  ],

  [MAP, "line 5, state 'A': exactly one of ItemsPath and ItemReader must be there"],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    MaxConcurrency: 41`,
    "line 10, state 'A': MaxConcurrency must be a whole number from 1 to 40",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    MaxConcuccency: 0`,
    "line 10, state 'A': MaxConcuccency must be a whole number from 1 to 40",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    MaxConcurrency: 1\n    MaxConcuccency: 1`,
    "line 11, state 'A': exactly one of MaxConcurrency and MaxConcuccency must be there",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    MaxItems: 1`,
    "line 10, state 'A': MaxItems can only be there beside ProcessorConfig",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    ProcessorConfig: {ExecutionMode: Fast}`,
    "line 10, ProcessorConfig of state 'A': ExecutionMode must be Standard or Express, not 'Fast'",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    ProcessorConfig: {}\n    ToleratedFailurePercentage: 101`,
    "line 11, state 'A': ToleratedFailurePercentage must be a number from 0 to 100",
  ],
  [
    `${MAP}\n    ItemsPath: $Input.x\n    ProcessorConfig: {}\n    ItemBatcher: {}`,
    "line 11, ItemBatcher of state 'A': MaxItemsPerBatch or MaxInputBytesPerBatch is missing",
  ],
  [
    `${MAP}\n    ItemReader: {SourceType: OSS_CSV, SourceParameters: {Bucket: b, ObjectName: o}}`,
    "line 9, state 'A': ItemReader can only be there beside ProcessorConfig",
  ],
  [
    `${READER}{SourceType: OSS, SourceParameters: {Bucket: b}}`,
    "line 10, ItemReader of state 'A': SourceType must be OSS_OBJECTS or OSS_CSV or OSS_JSON_LIST or OSS_JSON_LINES or OSS_INVENTORY_FILES, not 'OSS'",
  ],
  [
    `${READER}{SourceType: OSS_CSV, SourceParameters: {Bucket: b, Prefix: p}}`,
    "line 10, SourceParameters of ItemReader of state 'A': the field Prefix is not known",
  ],
  [
    `${READER}{SourceType: OSS_JSON_LIST, SourceParameters: {ObjectName: o}}`,
    "line 10, SourceParameters of ItemReader of state 'A': exactly one of Bucket and Bucket.$ must be there",
  ],
  [
    `${READER}{SourceType: OSS_OBJECTS, SourceParameters: {Bucket.$: "$Output"}}`,
    "line 10, ItemReader of state 'A': the expression Bucket.$ uses $Output where only $Input, $Context, $Global, $Environment can be used at character 1",
  ],
  [
    `${READER}{SourceType: OSS_OBJECTS, SourceParameters: {Bucket: 1}}`,
    "line 10, SourceParameters of ItemReader of state 'A': Bucket must be a text",
  ],
  [
    `${READER}{SourceType: OSS_OBJECTS, SourceParameters: {Bucket: b}, ReaderConfig: {CSVHeaders: [a]}}`,
    "line 10, ItemReader of state 'A': ReaderConfig can only be there for OSS_CSV",
  ],
  [
    `${READER}{SourceType: OSS_CSV, SourceParameters: {Bucket: b, ObjectName: o}, ReaderConfig: {CSVHeaders: [a, a]}}`,
    "line 10, ReaderConfig of ItemReader of state 'A': CSVHeaders has a name twice",
  ],
  [
    `${MAP}\n    ProcessorConfig: {}\n    ItemsPath: $Input.x\n    ResultWriter: {Bucket: b}`,
    "line 11, ResultWriter of state 'A': the field Bucket is not known",
  ],
  [
    'Type: Map\n    Name: A\n    End: true\n    ItemsPath: $Input.x',
    "line 5, state 'A': the field Processor is missing",
  ],
  [
    'Type: Map\n    Name: A\n    End: true\n    ItemsPath: $Input.x\n    ProcessorConfig: {}\n    Processor: {ProcessorConfig: {}}',
    "line 9, state 'A': ProcessorConfig is there twice, in Processor and beside it",
  ],

  ['Type: Task\n    Name: A\n    End: true', "line 5, state 'A': the field Action is missing"],
  [
    'Type: Task\n    Name: A\n    End: true\n    Action: Invoke',
    "line 8, state 'A': Action must be of the form Product:Api",
  ],
  [
    `${TASK}\n    TaskMode: Wait`,
    "line 9, state 'A': TaskMode must be RequestComplete or WaitForSystemCallback or WaitForCustomCallback, not 'Wait'",
  ],
  [`${TASK}\n    Timeout: 604801`, "line 9, state 'A': Timeout must be a whole number from 0 to 604800"],
  [`${TASK}\n    Timeout: "-1"`, "line 9, state 'A': Timeout must be a whole number from 0 to 604800"],
  [`${TASK}\n    Timeout.$: 5`, "line 9, state 'A': Timeout.$ must be a text"],
  [
    `${TASK}\n    Retry: [{Errors: [E], IntervalSeconds: 1}]`,
    "line 9, Retry of state 'A': the field MaxAttempts is missing",
  ],
  [
    `${TASK}\n    Retry: [{Errors: [E], MaxAttempts: 1, IntervalSeconds: 86401}]`,
    "line 9, Retry of state 'A': IntervalSeconds must be a number from 0 to 86400",
  ],
  [`${TASK}\n    Retry: {}`, "line 9, state 'A': Retry must be a list"],
  [`${TASK}\n    Catch: [{Errors: [E]}]`, "line 9, Catch of state 'A': the field Next is missing"],
  [
    `${TASK}\n    Catch:\n      - Errors: [E]\n        Next: B`,
    "line 11, Catch of state 'A': Next names 'B', which is no state of this scope",
  ],
  [
    `${TASK}\n    OnErrors: [{Errors: [E]}]`,
    "line 9, OnErrors of state 'A': the field Retry or the field Next is missing",
  ],
  [
    `${TASK}\n    OnErrors: []\n    Catch: []`,
    "line 9, state 'A': OnErrors cannot be there beside Retry or Catch",
  ],
];
testWrong(STATES, (text) => `Type: StateMachine\nSpecVersion: v1\nStartAt: A\nStates:\n  - ${text}`);
