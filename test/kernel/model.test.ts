import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AlreadyOpen, NoSuchExecution, Unavailable } from '../../src/kernel/errors.ts';
import { openToyKernel, openToys, settle, type ToyKernel, toy } from '../support/toy-kernel.ts';
import { type ToyCommand, type ToyEvent, type ToyState, toyMachine } from '../support/toy-machine.ts';
import { toyStores } from '../support/toy-stores.ts';

const NAMES = ['a', 'b', 'c', 'd'];

const name = fc.constantFrom(...NAMES);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('start' as const), name }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('hear' as const), name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remark' as const), name }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('tell' as const), name, to: name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('offer' as const), name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const), leaves: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remind' as const), name, after: fc.nat(3000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('work' as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bug' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('turns' as const), count: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('advance' as const), by: fc.nat(2000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('fail' as const), commits: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), after: fc.nat(2) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never;

/** What the world outside knows: what it asked for under a text of its own, and what was acknowledged. */
interface Known {
  readonly asked: Map<string, { readonly name: string; isAcknowledged: boolean }>;
  readonly started: Set<string>;
  readonly handedOut: string[];
  /** Counts per name: offers, reminders and effects that were acknowledged, and all that were asked for. */
  readonly counts: Map<string, { acknowledged: number; asked: number }>;
}

class World {
  readonly known: Known = { asked: new Map(), started: new Set(), handedOut: [], counts: new Map() };
  readonly open: () => Promise<ToyKernel>;
  #next = 0;
  live!: ToyKernel;

  constructor(open: () => Promise<ToyKernel>) {
    this.open = open;
  }

  async run(steps: readonly Step[]): Promise<void> {
    this.live = await this.open();
    for (const action of steps) await this.#take(action);
    this.live.store.mend();
    for (let i = 0; i < 8; i++) {
      await settle(4);
      this.live.clock.advance(10_000);
    }
    await settle();
    this.live.kernel.endPolls();
    await settle(4);
  }

  async #take(action: Step): Promise<void> {
    const { live } = this;
    switch (action.kind) {
      case 'start':
        this.#apply(
          () => live.kernel.start(toy(action.name), { type: 'start' }),
          () => {
            this.known.started.add(action.name);
          },
        );
        break;
      case 'hear':
        this.#hear(action.name);
        break;
      case 'remark':
        this.#command(action.name, { type: 'remark', text: 'noted' }, () => {});
        break;
      case 'tell':
        this.#send(action.name, action.to);
        break;
      case 'offer':
        this.#counted('offer', action.name, { type: 'offer', queue: 'q' });
        break;
      case 'remind':
        this.#counted('remind', action.name, { type: 'remind', after: action.after });
        break;
      case 'work':
        this.#counted('work', action.name, { type: 'work', kind: 'echo', input: 1 });
        break;
      case 'bug':
        this.#command(action.name, { type: 'fail', after: 2, how: 'bug' }, () =>
          assert.fail('a bug is no answer'),
        );
        break;
      case 'poll':
        this.#poll(action.leaves);
        break;
      case 'turns':
        await settle(action.count);
        break;
      case 'advance':
        live.clock.advance(action.by);
        break;
      case 'fail':
        live.store.failNext(action.commits);
        break;
      case 'crash':
        live.store.dieAt(live.store.commits + action.after);
        await settle(action.after);
        this.live = await live.crash();
        break;
      default:
        action satisfies never;
    }
  }

  #hear(to: string): void {
    const text = `${this.#next++}`;
    const entry = { name: to, isAcknowledged: false };
    this.known.asked.set(`tester: ${text}`, entry);
    const from = { ...toy('tester', 'x'), id: 'x', startedAt: 0 };
    this.#command(to, { type: 'hear', from, text }, () => {
      entry.isAcknowledged = true;
    });
  }

  #send(from: string, to: string): void {
    const text = `${this.#next++}`;
    const entry = { name: to, isAcknowledged: false };
    this.known.asked.set(`${from}: ${text}`, entry);
    this.#command(from, { type: 'tell', to: toy(to), body: { text } }, () => {
      entry.isAcknowledged = true;
    });
  }

  #counted(kind: string, of: string, command: ToyCommand): void {
    const key = `${kind} ${of}`;
    const count = this.known.counts.get(key) ?? { acknowledged: 0, asked: 0 };
    this.known.counts.set(key, count);
    count.asked++;
    this.#command(of, command, () => {
      count.acknowledged++;
    });
  }

  #command(to: string, command: ToyCommand, acknowledged: () => void): void {
    this.#apply(() => this.live.kernel.apply(toy(to), command), acknowledged);
  }

  #apply(apply: () => unknown, acknowledged: () => void): void {
    try {
      apply();
    } catch (error) {
      if (error instanceof NoSuchExecution || error instanceof AlreadyOpen || error instanceof Unavailable)
        return;
      throw error;
    }
    const durable = this.live.kernel.durable() ?? Promise.resolve();
    void durable.then(acknowledged, (error) => assert.ok(error instanceof Unavailable));
  }

  #poll(leaves: boolean): void {
    const leaving = new AbortController();
    if (leaves) void settle(1).then(() => leaving.abort());
    if (this.live.kernel.failure !== undefined) return;
    void this.live.poll('q', { signal: leaving.signal, timeoutMs: 3000 }).then((handOut) => {
      if (handOut === undefined) return;
      const { key, name: of } = handOut.reply as { key: string; name: string };
      this.known.handedOut.push(`${of} ${key}`);
    });
  }
}

function check({ known, live }: World): void {
  assert.equal(live.kernel.failure, undefined);
  const toys = openToys(live.kernel);
  for (const started of known.started) assert.ok(toys[started], `${started} was started`);
  const heard = new Map<string, number>();
  for (const [of, { state }] of Object.entries(toys)) {
    for (const text of (state as ToyState).heard)
      heard.set(`${of} < ${text}`, (heard.get(`${of} < ${text}`) ?? 0) + 1);
    for (const text of (state as ToyState).bounced) {
      const [sent] = text.split(': ');
      heard.set(`${of}: ${sent}`, (heard.get(`${of}: ${sent}`) ?? 0) + 1);
    }
  }
  for (const [text, { name: to, isAcknowledged }] of known.asked) {
    const times = (heard.get(`${to} < ${text}`) ?? 0) + (heard.get(text) ?? 0);
    if (isAcknowledged) assert.equal(times, 1, `${text} to ${to} was acknowledged`);
    else assert.ok(times <= 1, `${text} to ${to} happened ${times} times`);
  }
  for (const [key, { acknowledged, asked }] of known.counts) {
    const [kind, of] = key.split(' ') as [string, string];
    const state = toys[of]?.state as ToyState | undefined;
    const happened = state === undefined ? 0 : countOf(kind, state);
    assert.ok(
      happened >= acknowledged && happened <= asked,
      `${key}: ${acknowledged} <= ${happened} <= ${asked}`,
    );
  }
  assert.equal(new Set(known.handedOut).size, known.handedOut.length, 'a task was handed out twice');
  for (const task of known.handedOut) {
    const [of, key] = task.split(' ') as [string, string];
    assert.equal(
      (toys[of]?.state as ToyState | undefined)?.tasks[key]?.claimed,
      true,
      `${task} was handed out`,
    );
  }
}

/** All that was asked for must have ended by itself. */
function countOf(kind: string, state: ToyState): number {
  if (kind === 'offer') return Object.keys(state.tasks).length;
  if (kind === 'remind') {
    assert.deepEqual(state.reminders, {});
    return state.reminded.length;
  }
  assert.deepEqual(state.work, {});
  return Object.keys(state.outcomes).length;
}

/** The events, folded, give the state that is there; notes are not among them. */
async function checkHistories({ live }: World): Promise<void> {
  for (const { identity, eventCount, state } of Object.values(openToys(live.kernel))) {
    const texts = await live.kernel.history(identity.id, 1, eventCount + 10);
    assert.equal(texts.length, eventCount);
    const folded = toyMachine.initial();
    let id = 0;
    for (const text of texts) toyMachine.evolve(folded, JSON.parse(text) as ToyEvent, ++id);
    assert.deepEqual({ ...folded, remarks: [] }, { ...(state as ToyState), remarks: [] });
  }
}

for (const { name: storeName, open } of toyStores) {
  test(`${storeName}: through failures and crashes nothing is lost or done twice`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const effects = {
          echo: { leaseMs: 5000, run: async ({ input }: { readonly input: unknown }) => input },
        };
        const world = new World(async () => openToyKernel({ store: await open(), effects }));
        await world.run([...NAMES.slice(0, 2).map((of) => ({ kind: 'start' as const, name: of })), ...steps]);
        check(world);
        await checkHistories(world);
        const before = openToys(world.live.kernel);
        const again = await world.live.crash();
        assert.deepEqual(openToys(again.kernel), before);
        assert.equal(
          again.kernel.pending('q'),
          Object.values(before).flatMap(({ state }) => [...toyMachine.offers(state as ToyState)]).length,
        );
      }),
      { numRuns: storeName === 'memory' ? 150 : 40 },
    );
  });
}
