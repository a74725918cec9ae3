import { type Effects, Failed, follow, isTrue, matches, type Value } from './evaluation.ts';

/** The output of a flow of steps; throws `Failed`. */
export function evaluateLegacy({ steps, outputMappings }: Value, input: Value, effects: Effects): Value {
  const local = runList(steps, input, effects);
  return outputMappings === undefined ? local : build(outputMappings, input, local);
}

/** The local of the list's parent once the list is through. */
function runList(steps: readonly Value[], parentInput: Value, effects: Effects): Value {
  let local = {};
  for (let place = 0; place < steps.length; ) {
    const step = steps[place];
    const input =
      step.inputMappings === undefined
        ? { ...parentInput, ...local }
        : build(step.inputMappings, parentInput, local);
    const { output, goto } = runStep(step, input, effects);
    local = { ...local, ...output };
    if (goto !== undefined) place = steps.findIndex(({ name }) => name === goto);
    else if (step.type === 'succeed' || step.end === true) break;
    else place++;
  }
  return local;
}

interface Ran {
  readonly output: Value;
  readonly goto?: string;
}

function runStep(step: Value, input: Value, effects: Effects): Ran {
  switch (step.type) {
    case 'fail':
      throw new Failed(step.error);
    case 'task':
      return runTask(step, input, effects);
    case 'choice': {
      const chosen =
        step.choices.find(({ condition }: Value) => isTrue(condition, input)) ?? step.default ?? {};
      return {
        output: outputOf(step, input, runList(chosen.steps ?? [], input, effects)),
        goto: chosen.goto,
      };
    }
    case 'parallel': {
      const locals = effects.all(step.branches, ({ steps }: Value) => runList(steps, input, effects));
      return { output: step.outputMappings === undefined ? {} : outputOf(step, input, locals) };
    }
    case 'foreach': {
      const { collection, item, index } = step.iterationMapping;
      const locals = effects.all(follow(input, collection.slice(1)), (one: Value, place) =>
        runList(step.steps, { ...input, [item]: one, [index]: place }, effects),
      );
      return { output: step.outputMappings === undefined ? {} : outputOf(step, input, locals) };
    }
    default:
      return { output: outputOf(step, input, {}) };
  }
}

function runTask(step: Value, input: Value, effects: Effects): Ran {
  const name = step.resourceArn.split('/').at(-1);
  for (let attempt = 1; ; attempt++) {
    try {
      return { output: outputOf(step, input, effects.call(name, input)) };
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const { code } = error;
      const retry = (step.retry ?? []).find(({ errors }: Value) => matches(errors, code));
      if (attempt <= (retry?.maxAttempts ?? 0)) continue;
      const rule = (step.catch ?? []).find(({ errors }: Value) => matches(errors, code));
      if (rule === undefined) throw error;
      return { output: build(step.errorMappings ?? [], input, { error: code }), goto: rule.goto };
    }
  }
}

const outputOf = ({ outputMappings }: Value, input: Value, local: Value): Value =>
  outputMappings === undefined ? local : build(outputMappings, input, local);

function build(mappings: readonly Value[], input: Value, local: Value): Value {
  return Object.fromEntries(
    mappings.map(({ target, source }) => [target, sourceValue(source, input, local)]),
  );
}

function sourceValue(source: Value, input: Value, local: Value): Value {
  const [, root, path = ''] = /^\$(input|local)(.*)$/.exec(String(source)) ?? [];
  return root === undefined ? source : follow(root === 'input' ? input : local, path);
}
