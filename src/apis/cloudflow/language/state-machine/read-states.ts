import type { DefinitionLimits } from '../definition-limits.ts';
import { Fields, readExpression } from '../fields.ts';
import { isStepName } from '../inferred.ts';
import { parseCondition } from '../parse-expression.ts';
import type {
  ChoiceState,
  ExecutionMode,
  FlowState,
  ListNumber,
  MapState,
  StateList,
  StepNumber,
} from '../plan.ts';
import { AFTER, BEFORE } from './dialects.ts';
import { readErrorRules } from './read-errors.ts';
import { DISTRIBUTED_MAP_FIELDS, MAP_FIELDS, readMap } from './read-map.ts';
import { readNumberOrExpression } from './read-number-or-expression.ts';
import { readTask, TASK_FIELDS } from './read-task.ts';
import { readTemplateField } from './read-template.ts';
import { Scope } from './scope.ts';

const COMMON = ['Name', 'Type', 'Description', 'InputConstructor', 'OutputConstructor', 'GlobalConstructor'];
const ERRORS = ['Retry', 'Catch', 'OnErrors'];
const TYPES = ['Pass', 'Wait', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map', 'Task'] as const;

const OWN_FIELDS: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  Pass: ['Next', 'End'],
  Wait: ['Seconds', 'Seconds.$', 'Next', 'End'],
  Succeed: ['End'],
  Fail: ['Code', 'Detail', 'End'],
  Choice: ['Branches', 'Default'],
  Parallel: ['Branches', ...ERRORS, 'Next', 'End'],
  Map: [...MAP_FIELDS, ...DISTRIBUTED_MAP_FIELDS, ...ERRORS, 'Next', 'End'],
  Task: [...TASK_FIELDS, ...ERRORS, 'Next', 'End'],
};

type Common = Pick<
  FlowState,
  'name' | 'inputConstructor' | 'outputConstructor' | 'globalConstructor' | 'next'
>;

type OwnOfMap = Pick<MapState, 'items' | 'maxConcurrency' | 'distributed' | 'processor'>;

/** Reads a flow's lists of states; a list inside comes after the one it is in. */
export class StateLists {
  readonly all: StateList[] = [];
  readonly #limits: DefinitionLimits;

  constructor(limits: DefinitionLimits) {
    this.#limits = limits;
  }

  /** Reads the fields `StartAt` and `States` of what runs in that mode. */
  read(fields: Fields, mode: ExecutionMode): ListNumber {
    const number = this.all.length;
    this.all.push({ startAt: 0, states: [] });
    const states = fields
      .list('States')
      .map((node) => named(new Fields(node, `a state of ${fields.subject}`)));
    const scope = new Scope(states);
    this.all[number] = {
      startAt: scope.find(fields, 'StartAt'),
      states: states.map((state) => this.#state(state, scope, mode)),
    };
    return number;
  }

  #state(fields: Fields, scope: Scope, mode: ExecutionMode): FlowState {
    const type = fields.word('Type', TYPES);
    fields.only(...COMMON, ...OWN_FIELDS[type]);
    const common: Common = { ...readCommon(fields), ...readNext(fields, scope, type) };
    switch (type) {
      case 'Pass':
      case 'Succeed':
        return { ...common, type };
      case 'Wait':
        return { ...common, type, seconds: this.#seconds(fields, mode) };
      case 'Fail':
        return {
          ...common,
          type,
          code: fields.textIfAny('Code') ?? '',
          detail: fields.textIfAny('Detail') ?? '',
        };
      case 'Choice':
        return { ...common, type, ...readChoice(fields, scope) };
      case 'Parallel':
        return { ...common, type, branches: this.#branches(fields, mode), ...readErrorRules(fields, scope) };
      case 'Map':
        return { ...common, type, ...this.#map(fields, mode), ...readErrorRules(fields, scope) };
      case 'Task': {
        const mayWait = this.#limits.callbackModes.includes(mode);
        return { ...common, type, ...readTask(fields, { mayWait }), ...readErrorRules(fields, scope) };
      }
    }
  }

  #seconds(fields: Fields, mode: ExecutionMode) {
    const range = { least: 1, most: this.#limits.stateWaitSeconds[mode] };
    return readNumberOrExpression(fields, 'Seconds', range) ?? fields.refuse('the field Seconds is missing');
  }

  #branches(fields: Fields, mode: ExecutionMode): readonly ListNumber[] {
    return fields.list('Branches', this.#limits.stateBranches).map((node) => {
      const branch = new Fields(node, `Branches of ${fields.subject}`);
      branch.only('StartAt', 'States');
      return this.read(branch, mode);
    });
  }

  #map(fields: Fields, mode: ExecutionMode): OwnOfMap {
    const map = readMap(fields, this.#limits);
    const processor = fields.map('Processor');
    processor.only('StartAt', 'States', 'ProcessorConfig');
    return { ...map, processor: this.read(processor, map.distributed?.mode ?? mode) };
  }
}

function named(fields: Fields): Fields {
  const name = fields.text('Name');
  if (!isStepName(name)) fields.refuse('Name must have 1 to 128 characters on one line', 'Name');
  return fields.as(`state '${name}'`);
}

function readCommon(fields: Fields): Omit<Common, 'next'> {
  fields.textIfAny('Description');
  const inputConstructor = readTemplateField(fields, 'InputConstructor', BEFORE);
  const outputConstructor = readTemplateField(fields, 'OutputConstructor', AFTER);
  const globalConstructor = readTemplateField(fields, 'GlobalConstructor', AFTER);
  return {
    name: fields.text('Name'),
    ...(inputConstructor === undefined ? {} : { inputConstructor }),
    ...(outputConstructor === undefined ? {} : { outputConstructor }),
    ...(globalConstructor === undefined ? {} : { globalConstructor }),
  };
}

function readNext(fields: Fields, scope: Scope, type: FlowState['type']): { readonly next?: StepNumber } {
  const ends = fields.flag('End');
  if (type === 'Choice' || type === 'Succeed' || type === 'Fail') return {};
  if (ends === fields.has('Next')) {
    fields.refuse("exactly one of Next and 'End: true' must be there", ends ? 'End' : undefined);
  }
  return ends ? {} : { next: scope.find(fields, 'Next') };
}

function readChoice(fields: Fields, scope: Scope): Pick<ChoiceState, 'branches' | 'default'> {
  const branches = fields.list('Branches').map((node) => {
    const branch = new Fields(node, `Branches of ${fields.subject}`);
    branch.only('Condition', 'Next');
    const text = branch.text('Condition');
    const condition = readExpression(branch, 'Condition', () => parseCondition(text, BEFORE));
    return { condition, next: scope.find(branch, 'Next') };
  });
  return { branches, default: scope.find(fields, 'Default') };
}
