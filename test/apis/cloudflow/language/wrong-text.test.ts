import { testWrong, type Wrong } from './wrong-definitions.ts';

const TEXTS: readonly Wrong[] = [
  ['', 'the definition is empty'],
  ['# nothing', 'the definition is empty'],
  ['~', 'line 1, the flow: must be a map'],
  ['text', 'line 1, the flow: must be a map'],
  ['[]', 'line 1, the flow: must be a map'],
  ['{}', "line 1, the flow: 'type: flow' or 'Type: StateMachine' is missing"],
  ['type: flows', "line 1, the flow: type must be flow, not 'flows'"],
  ['Type: flow', "line 1, the flow: Type must be StateMachine, not 'flow'"],
  ['type: 1', 'line 1, the flow: type must be a text'],
  ['type: flow\ntype: flow', "line 2: the key 'type' is there twice"],
  ['type: flow\n? [a]\n: 1', 'line 2: the key of a map must be a text'],
  ['type: flow\n? null\n: 1', 'line 2: the key of a map must be a text'],
  [
    'type: flow\nsteps: !Ref Service/function',
    'line 2: the tag !Ref is not understood; tags are resolved before deployment',
  ],
  ['type: !!str flow', 'line 1: the tag !!str is not understood; tags are resolved before deployment'],
  ['type: flow\n---\ntype: flow', 'line 2: there is more than one YAML document'],
  ['type: flow\nx: .nan', 'line 2: .nan is not a value that JSON has'],
  ['type: flow\nx: 1e999', 'line 2: 1e999 is not a value that JSON has'],
  ['type: flow\nx: *a', 'line 2: there is no anchor a before its alias'],
  ['type: flow\nx: &a [*a]', 'line 2: there is no anchor a before its alias'],
  ['{"type": "flow"', 'line 1: this is not YAML: Flow map must end with a }'],
  ['a: b: c', 'line 1: this is not YAML: Nested mappings are not allowed in compact mappings'],
  ['type: flow\n\tsteps: 1', 'line 2: this is not YAML: Tabs are not allowed as indentation'],
];
testWrong(TEXTS, (text) => text);
