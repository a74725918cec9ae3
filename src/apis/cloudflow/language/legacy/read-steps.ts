import type { DefinitionLimits } from '../definition-limits.ts';
import { Fields, readExpression } from '../fields.ts';
import { isStepName } from '../inferred.ts';
import { parseCondition } from '../parse-expression.ts';
import type { LegacyChoice, LegacyOption, LegacyStep, ListNumber } from '../plan.ts';
import { INPUT, readInputPath } from './read-input-path.ts';
import { readMappings } from './read-mappings.ts';
import { readTask } from './read-task.ts';
import { readWait } from './read-wait.ts';
import { Siblings } from './siblings.ts';

const COMMON = ['name', 'type', 'inputMappings', 'outputMappings', 'end'];
const TYPES = ['pass', 'task', 'choice', 'parallel', 'foreach', 'wait', 'succeed', 'fail'] as const;

const OWN_FIELDS: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  pass: [],
  succeed: [],
  task: [
    'resourceArn',
    'action',
    'pattern',
    'timeoutSeconds',
    'serviceParams',
    'retry',
    'catch',
    'errorMappings',
  ],
  choice: ['choices', 'default'],
  parallel: ['branches'],
  foreach: ['iterationMapping', 'steps'],
  wait: ['duration', 'timestamp'],
  fail: ['error', 'cause'],
};

type Common = Pick<LegacyStep, 'name' | 'inputMappings' | 'outputMappings' | 'end'>;

/** Reads a flow's lists of steps; a list inside comes after the one it is in. */
export class StepLists {
  readonly all: (readonly LegacyStep[])[] = [];
  readonly #limits: DefinitionLimits;

  constructor(limits: DefinitionLimits) {
    this.#limits = limits;
  }

  /** Reads the field `steps`. */
  read(fields: Fields): ListNumber {
    const number = this.all.length;
    this.all.push([]);
    const steps = fields.list('steps').map((node) => named(new Fields(node, `a step of ${fields.subject}`)));
    const siblings = new Siblings(steps);
    this.all[number] = steps.map((step) => this.#step(step, siblings));
    return number;
  }

  #step(fields: Fields, siblings: Siblings): LegacyStep {
    const type = fields.word('type', TYPES);
    fields.only(...COMMON, ...OWN_FIELDS[type]);
    const common: Common = {
      name: fields.text('name'),
      ...readMappings(fields),
      end: fields.flag('end'),
    };
    switch (type) {
      case 'pass':
      case 'succeed':
        return { ...common, type };
      case 'task':
        return { ...common, type, ...readTask(fields, siblings) };
      case 'choice':
        return { ...common, type, ...this.#choice(fields, siblings) };
      case 'parallel':
        return { ...common, type, branches: this.#branches(fields) };
      case 'foreach':
        return { ...common, type, ...readIterationMapping(fields), steps: this.read(fields) };
      case 'wait':
        return { ...common, type, until: readWait(fields, this.#limits) };
      case 'fail':
        return {
          ...common,
          type,
          error: fields.textIfAny('error') ?? '',
          cause: fields.textIfAny('cause') ?? '',
        };
    }
  }

  #choice(fields: Fields, siblings: Siblings): Pick<LegacyChoice, 'options' | 'default'> {
    const options = fields.list('choices').map((node) => {
      const option = new Fields(node, `choices of ${fields.subject}`);
      option.only('condition', 'steps', 'goto');
      const text = option.text('condition');
      const condition = readExpression(option, 'condition', () => parseCondition(text, INPUT));
      return { condition, ...this.#option(option, siblings) };
    });
    const otherwise = fields.mapIfAny('default');
    otherwise?.only('steps', 'goto');
    return { options, ...(otherwise === undefined ? {} : { default: this.#option(otherwise, siblings) }) };
  }

  #option(option: Fields, siblings: Siblings): LegacyOption {
    return {
      ...(option.has('steps') ? { steps: this.read(option) } : {}),
      ...(option.has('goto') ? { goto: siblings.find(option, 'goto') } : {}),
    };
  }

  #branches(fields: Fields): readonly ListNumber[] {
    return fields.list('branches', this.#limits.stepBranches).map((node) => {
      const branch = new Fields(node, `branches of ${fields.subject}`);
      branch.only('steps');
      return this.read(branch);
    });
  }
}

function named(fields: Fields): Fields {
  const name = fields.text('name');
  if (!isStepName(name)) fields.refuse('name must have 1 to 128 characters on one line', 'name');
  return fields.as(`step '${name}'`);
}

function readIterationMapping(step: Fields) {
  const fields = step.map('iterationMapping');
  fields.only('collection', 'item', 'index');
  const index = fields.textIfAny('index');
  return {
    collection: readInputPath(fields, 'collection'),
    item: fields.text('item'),
    ...(index === undefined ? {} : { index }),
  };
}
