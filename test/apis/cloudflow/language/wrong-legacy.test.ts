import { testWrong, type Wrong } from './wrong-definitions.ts';

const FLOWS: readonly Wrong[] = [
  ['steps: [{type: pass, name: a}]', 'line 1, the flow: the field version is missing'],
  ['version: v2', "line 2, the flow: version must be v1 or v1beta1 or v1.0, not 'v2'"],
  ['version: v1', 'line 1, the flow: the field steps is missing'],
  ['version: v1\nsteps:', 'line 1, the flow: the field steps is missing'],
  ['version: v1\nsteps: []', 'line 3, the flow: steps must not be empty'],
  ['version: v1\nsteps: {}', 'line 3, the flow: steps must be a list'],
  ['version: v1\nstep: []', 'line 3, the flow: the field step is not known'],
  ['version: v1\nsteps: [1]', 'line 3, a step of the flow: must be a map'],
  [
    'version: v1\ntimeoutSeconds: 0\nsteps: [{type: pass, name: a}]',
    'line 3, the flow: timeoutSeconds must be a whole number of at least 1',
  ],
];
testWrong(FLOWS, (text) => `type: flow\n${text}`);

const CHOICE = 'type: choice\n    name: c\n    choices:';
const TASK = 'type: task\n    name: t\n    resourceArn: acs:fc:x';
const STEPS: readonly Wrong[] = [
  ['type: pass', 'line 4, a step of the flow: the field name is missing'],
  ['name: a', "line 4, step 'a': the field type is missing"],
  ['name: ""\n    type: pass', 'line 4, a step of the flow: name must have 1 to 128 characters on one line'],
  ['name: 1\n    type: pass', 'line 4, a step of the flow: name must be a text'],
  [
    'name: a\n    type: Pass',
    "line 5, step 'a': type must be pass or task or choice or parallel or foreach or wait or succeed or fail, not 'Pass'",
  ],
  ['name: a\n    type: pass\n    retry: []', "line 6, step 'a': the field retry is not known"],
  ['name: a\n    type: pass\n    end: yes', "line 6, step 'a': end must be true or false"],
  [
    'name: a\n    type: pass\n  - name: a\n    type: pass',
    "line 6, step 'a': another step of the same list has this name",
  ],
  ['name: a\n    type: pass\n    inputMappings: {}', "line 6, step 'a': inputMappings must be a list"],
  [
    'name: a\n    type: pass\n    inputMappings: [{target: b}]',
    "line 6, inputMappings of step 'a': the field source is missing",
  ],
  [
    'name: a\n    type: pass\n    inputMappings: [{source: b}]',
    "line 6, inputMappings of step 'a': the field target is missing",
  ],
  [
    'name: a\n    type: pass\n    outputMappings:\n      - target: b\n        source: $local.',
    "line 8, outputMappings of step 'a': the expression source has a path that is not of the form $root.key[0][*] at character 1",
  ],
  [
    'name: a\n    type: pass\n    outputMappings: [{target: b, source: $input + 1}]',
    'line 6, outputMappings of step \'a\': the expression source has an unexpected "+" at character 8',
  ],

  ['type: task\n    name: t', "line 4, step 't': exactly one of resourceArn and action must be there"],
  [`${TASK}\n    action: a:B`, "line 7, step 't': exactly one of resourceArn and action must be there"],
  ['type: task\n    name: t\n    resourceArn: fc:x', "line 6, step 't': resourceArn must begin with 'acs:'"],
  ['type: task\n    name: t\n    action: start', "line 6, step 't': action must be of the form product:Api"],
  [
    `${TASK}\n    pattern: async`,
    "line 7, step 't': pattern must be requestResponse or sync or waitForCallback, not 'async'",
  ],
  [
    `${TASK}\n    timeoutSeconds: 1.5`,
    "line 7, step 't': timeoutSeconds must be a whole number of at least 1",
  ],
  [
    `${TASK}\n    serviceParams: {A: $.}`,
    "line 7, serviceParams of step 't': the expression A has a path that is not of the form $root.key[0][*] at character 1",
  ],
  [`${TASK}\n    retry: [{}]`, "line 7, retry of step 't': the field errors is missing"],
  [`${TASK}\n    retry: [{errors: []}]`, "line 7, retry of step 't': errors must not be empty"],
  [`${TASK}\n    retry: [{errors: [1]}]`, "line 7, retry of step 't': errors must be a list of texts"],
  [
    `${TASK}\n    retry: [{errors: [A], intervalSeconds: 86401}]`,
    "line 7, retry of step 't': intervalSeconds must be a number from 0 to 86400",
  ],
  [
    `${TASK}\n    retry: [{errors: [A], maxAttempts: -1}]`,
    "line 7, retry of step 't': maxAttempts must be a whole number of at least 0",
  ],
  [`${TASK}\n    catch: [{errors: [A]}]`, "line 7, catch of step 't': the field goto is missing"],
  [
    `${TASK}\n    catch:\n      - errors: [A]\n        goto: u`,
    "line 9, catch of step 't': goto names 'u', which is no step of this list",
  ],
  [`${TASK}\n    errorMappings: []`, "line 7, step 't': errorMappings can only be there beside catch"],

  [`${CHOICE} []`, "line 6, step 'c': choices must not be empty"],
  [`${CHOICE} [{goto: c}]`, "line 6, choices of step 'c': the field condition is missing"],
  [
    `${CHOICE}\n      - condition: $.a =! 1`,
    'line 7, choices of step \'c\': the expression condition has an unexpected "=" at character 5',
  ],
  [
    `${CHOICE}\n      - condition: $input.a`,
    "line 7, choices of step 'c': the expression condition uses $input where only $. can be used at character 1",
  ],
  [
    `${CHOICE}\n      - condition: '"a"'`,
    "line 7, choices of step 'c': the expression condition is neither true nor false",
  ],
  [`${CHOICE}\n      - condition: true`, "line 7, choices of step 'c': condition must be a text"],
  [
    `${CHOICE}\n      - {condition: $.a, goto: d}`,
    "line 7, choices of step 'c': goto names 'd', which is no step of this list",
  ],
  [
    `${CHOICE}\n      - {condition: $.a, steps: [{type: choice, name: d, choices: [{condition: $.a, goto: c}]}]}`,
    "line 7, choices of step 'd': goto names 'c', which is no step of this list",
  ],
  [
    `${CHOICE} [{condition: $.a}]\n    default: {to: c}`,
    "line 7, default of step 'c': the field to is not known",
  ],

  ['type: parallel\n    name: p', "line 4, step 'p': the field branches is missing"],
  [
    `type: parallel\n    name: p\n    branches: [${'{},'.repeat(101)}]`,
    "line 6, step 'p': branches has more than 100 items",
  ],
  [
    'type: parallel\n    name: p\n    branches: [{}]',
    "line 6, branches of step 'p': the field steps is missing",
  ],
  [
    'type: foreach\n    name: f\n    steps: [{type: pass, name: a}]',
    "line 4, step 'f': the field iterationMapping is missing",
  ],
  [
    'type: foreach\n    name: f\n    iterationMapping: {collection: items, item: i}\n    steps: [{type: pass, name: a}]',
    "line 6, iterationMapping of step 'f': the expression collection has an unexpected items at character 1",
  ],
  [
    'type: foreach\n    name: f\n    iterationMapping: {collection: $.a == 1, item: i}\n    steps: [{type: pass, name: a}]',
    "line 6, iterationMapping of step 'f': the expression collection is not a path",
  ],
  [
    'type: foreach\n    name: f\n    iterationMapping: {collection: $.a, item: i}',
    "line 4, step 'f': the field steps is missing",
  ],
  ['type: wait\n    name: w', "line 4, step 'w': exactly one of duration and timestamp must be there"],
  [
    'type: wait\n    name: w\n    duration: 1\n    timestamp: $.a',
    "line 7, step 'w': exactly one of duration and timestamp must be there",
  ],
  [
    'type: wait\n    name: w\n    duration: 172801',
    "line 6, step 'w': duration must be a number from 0 to 172800",
  ],
  [
    'type: wait\n    name: w\n    duration: -1',
    "line 6, step 'w': duration must be a number from 0 to 172800",
  ],
  [
    'type: wait\n    name: w\n    duration: long',
    "line 6, step 'w': the expression duration has an unexpected long at character 1",
  ],
  [
    'type: wait\n    name: w\n    timestamp: 2026-02-30T00:00:00Z',
    "line 6, step 'w': timestamp must be a time such as 2026-01-31T09:00:00Z or a path such as $.time",
  ],
  ['type: fail\n    name: f\n    error: 500', "line 6, step 'f': error must be a text"],
];
testWrong(STEPS, (text) => `type: flow\nversion: v1\nsteps:\n  - ${text}`);
