import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import { TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, custom, remove, tag } from '../../../support/workflow-steps.ts';

type Source = 'previous' | 'original';
/** What the function of a custom step does: it may write over the file that it is given. */
type Behaviour = 'SUCCESS' | 'FAILURE' | 'silent' | 'overwrite';

type Plan = { readonly source: Source } & (
  | { readonly kind: 'copy'; readonly key: string; readonly overwrite: boolean }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'custom'; readonly does: Behaviour }
);

interface Stored {
  content: string;
  tags: readonly string[];
}

interface File {
  readonly place: string;
  readonly content: string;
}

/** What the reference says, in as few words as possible. */
class Evaluator {
  readonly objects = new Map<string, Stored>([['in/f', { content: 'v0', tags: [] }]]);
  readonly results: string[] = [];
  status = 'IN_PROGRESS';
  readonly #original: File = { place: 'in/f', content: 'v0' };
  #previous = this.#original;
  #writes = 0;

  run(steps: readonly Plan[], handlers: readonly Plan[]): void {
    const failed = steps.find((step) => !this.#step(step));
    this.status = failed === undefined ? 'COMPLETED' : 'EXCEPTION';
    if (failed === undefined) return;
    this.#previous = this.#source(failed);
    handlers.every((step) => this.#step(step));
  }

  #source({ source }: Plan): File {
    return source === 'original' ? this.#original : this.#previous;
  }

  #step(plan: Plan): boolean {
    const file = this.#source(plan);
    const error = this.#try(plan, file);
    this.results.push(`${plan.kind.toUpperCase()} ${error ?? 'ok'}`);
    return error === undefined;
  }

  #try(plan: Plan, file: File): string | undefined {
    const object = this.objects.get(file.place);
    const isIt = object?.content === file.content;
    switch (plan.kind) {
      case 'copy': {
        const place = `out/${plan.key}${plan.key.endsWith('/') ? file.place.split('/').at(-1) : ''}`;
        if (place === file.place) return plan.overwrite ? 'BAD_REQUEST' : 'ALREADY_EXISTS';
        if (object === undefined || !isIt) return 'NOT_FOUND';
        if (this.objects.has(place) && !plan.overwrite) return 'ALREADY_EXISTS';
        this.objects.set(place, { ...object });
        this.#previous = { place, content: object.content };
        return undefined;
      }
      case 'tag':
        if (object === undefined || !isIt) return 'NOT_FOUND';
        object.tags = [...new Set([...object.tags, plan.name])];
        return undefined;
      case 'delete':
        if (object !== undefined && !isIt) return 'NOT_FOUND';
        this.objects.delete(file.place);
        return undefined;
      case 'custom':
        return this.#call(plan.does, file);
      default:
        return plan satisfies never;
    }
  }

  #call(does: Behaviour, { place }: File): string | undefined {
    if (does === 'FAILURE') return 'CUSTOM_STEP_FAILED';
    if (does === 'silent') return 'TIMEOUT';
    if (does === 'overwrite') this.objects.set(place, { content: `v${++this.#writes}`, tags: [] });
    return undefined;
  }
}

const source = fc.constantFrom<Source>('previous', 'original');
const step: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({
    kind: fc.constant('copy' as const),
    source,
    key: fc.constantFrom('a/', 'b/', 'a/f', 'g'),
    overwrite: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('tag' as const), source, name: fc.constantFrom('t1', 't2') }),
  fc.record({ kind: fc.constant('delete' as const), source }),
  fc.record({
    kind: fc.constant('custom' as const),
    source,
    does: fc.constantFrom<Behaviour>('SUCCESS', 'SUCCESS', 'FAILURE', 'silent', 'overwrite'),
  }),
);
const steps = fc.array(step, { minLength: 1, maxLength: 8 });
const handlers = fc.array(step, { maxLength: 4 });

function wireStep(plan: Plan): WorkflowStep {
  switch (plan.kind) {
    case 'copy':
      return copy(plan.key, undefined, { overwrite: plan.overwrite, source: plan.source });
    case 'tag':
      return tag({ [plan.name]: 'x' }, plan.source);
    case 'delete':
      return remove(plan.source);
    case 'custom':
      return custom(5, plan.source);
    default:
      return plan satisfies never;
  }
}

/** Plays the functions, with a crash of the service at each call whose number is given. */
async function play(first: TestWorkflows, plans: readonly (readonly Plan[])[], crashes: ReadonlySet<number>) {
  let workflows = first;
  let writes = 0;
  const [nominal = [], handling = []] = plans;
  const id = await workflows.use(nominal.map(wireStep), handling.map(wireStep));
  const execution = await workflows.upload('f', { content: 'v0' });
  for (let made = 0; ; made++) {
    const { Status, Steps = [], OnExceptionSteps = [] } = await workflows.outcome(id, execution);
    if (Status === 'COMPLETED' || Status === 'EXCEPTION')
      return { workflows, Status, Steps, OnExceptionSteps };
    const plan = Status === 'IN_PROGRESS' ? nominal[Steps.length] : handling[OnExceptionSteps.length];
    assert.equal(plan?.kind, 'custom');
    const call = workflows.calls.at(-1);
    assert.ok(call);
    if (crashes.has(made)) {
      workflows = await workflows.crash();
      await settle();
    }
    const { bucket, key } = call.event.fileLocation as { bucket: string; key: string };
    if (plan?.kind !== 'custom') continue;
    if (plan.does === 'overwrite') workflows.bucket(bucket).put(key, `v${++writes}`);
    if (plan.does === 'silent') await workflows.pass(5);
    else await workflows.answer(call, plan.does === 'FAILURE' ? 'FAILURE' : 'SUCCESS');
  }
}

test('random workflows do what a simple evaluator says, crashes or not', async () => {
  const runs = fc.asyncProperty(
    steps,
    handlers,
    fc.uniqueArray(fc.nat(4)),
    async (nominal, handling, crashes) => {
      const expected = new Evaluator();
      expected.run(nominal, handling);
      const first = await TestWorkflows.open();
      const { workflows, Status, Steps, OnExceptionSteps } = await play(
        first,
        [nominal, handling],
        new Set(crashes),
      );
      const results = [...Steps, ...OnExceptionSteps].map(
        ({ StepType, Error: error }) => `${StepType} ${error?.Type ?? 'ok'}`,
      );
      assert.deepEqual([Status, results], [expected.status, expected.results]);
      const there = ['in', 'out'].flatMap((name) => {
        const bucket = workflows.bucket(name);
        return bucket.keys.map((key) => [
          `${name}/${key}`,
          bucket.text(key),
          Object.keys(bucket.tags(key)).sort(),
        ]);
      });
      const wanted = [...expected.objects]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([place, { content, tags }]) => [place, content, [...tags].sort()]);
      assert.deepEqual(there, wanted);
    },
  );
  await fc.assert(runs, { numRuns: 150 });
});
