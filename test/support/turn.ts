import assert from 'node:assert/strict';
import type { Address, EffectOutcome, Identity, Machine, Message, Turn } from '../../src/kernel/machine.ts';

/** One execution in the hands of a test: its state, and its journal as it would be read back. */
export interface Run<State, Event> {
  readonly identity: Identity;
  state: State;
  /** As text, so that nothing that JSON cannot hold survives. */
  readonly journal: { readonly text: string; readonly id: number }[];
  readonly events: Event[];
}

interface Sent {
  readonly from: Identity;
  readonly to: Address;
  readonly body: unknown;
}

const api = 'test';
const scope = 'account/region/domain';

/** Applies commands to executions of one machine, one turn at a time, with a clock moved by hand. */
export class World<State, Event, Command> {
  now = 1_700_000_000_000;
  readonly runs: Run<State, Event>[] = [];
  readonly #machine: Machine<State, Event, Command>;
  readonly #isClosed: (state: State) => boolean;
  readonly #sent: Sent[] = [];

  constructor(machine: Machine<State, Event, Command>, isClosed: (state: State) => boolean) {
    this.#machine = machine;
    this.#isClosed = isClosed;
  }

  begin(name: string, command: Command): Run<State, Event> {
    const run = this.#create(name);
    this.apply(run, command);
    return run;
  }

  #create(name: string): Run<State, Event> {
    const id = `run${this.runs.length + 1}`;
    const identity = { api, scope, name, id, startedAt: this.now };
    const run: Run<State, Event> = { identity, state: this.#machine.initial(), journal: [], events: [] };
    this.runs.push(run);
    return run;
  }

  /** One command, applied as the shard would; then everything that must always hold is checked. */
  apply(run: Run<State, Event>, command: Command): unknown {
    const successors: { run: Run<State, Event>; command: Command }[] = [];
    const reply = this.#machine.decide(this.#turn(run, successors), command);
    this.checkFold(run);
    for (const next of successors) {
      assert.ok(this.#isClosed(run.state), 'only a closed execution is succeeded');
      this.apply(next.run, next.command);
    }
    return reply;
  }

  #turn(
    run: Run<State, Event>,
    successors: { run: Run<State, Event>; command: Command }[],
  ): Turn<State, Event, Command> {
    const machine = this.#machine;
    return {
      identity: run.identity,
      state: run.state,
      now: this.now,
      get nextEventId() {
        return run.events.length + 1;
      },
      append: (event) => {
        const id = run.events.length + 1;
        const text = JSON.stringify(event);
        run.journal.push({ text, id });
        run.events.push(JSON.parse(text));
        machine.evolve(run.state, event, id);
        return id;
      },
      note: (event) => {
        run.journal.push({ text: JSON.stringify(event), id: 0 });
        machine.evolve(run.state, event, 0);
      },
      send: ({ to, body }: Message) => {
        this.#sent.push({ from: run.identity, to, body: JSON.parse(JSON.stringify(body)) });
      },
      succeed: (command) => {
        const next = this.#create(run.identity.name);
        successors.push({ run: next, command });
        return next.identity.id;
      },
    };
  }

  /** The journal alone gives the same state, and the state survives being written down. */
  checkFold(run: Run<State, Event>): void {
    const machine = this.#machine;
    const folded = machine.initial();
    for (const { text, id } of run.journal) machine.evolve(folded, JSON.parse(text), id);
    assert.deepEqual(run.state, folded, 'state is the fold of the journal');
    assert.deepEqual(JSON.parse(JSON.stringify(run.state)), run.state, 'state is plain JSON');
    for (const view of ['offers', 'effects'] as const) {
      assert.deepEqual([...machine[view](run.state)], [...machine[view](folded)]);
    }
    assert.equal(machine.wake(run.state), machine.wake(folded));
    assert.deepEqual(machine.summary(run.state), machine.summary(folded));
  }

  /** Ticks everything due and delivers every message, until nothing is left to do at this time. */
  settle(): void {
    for (let round = 0; round < 100; round += 1) {
      const ticked = this.tickDue();
      if (this.deliver() + ticked === 0) return;
    }
    assert.fail('does not come to rest');
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    this.settle();
  }

  tickDue(): number {
    const due = this.runs.filter(({ state }) => (this.#machine.wake(state) ?? Infinity) <= this.now);
    for (const run of due) {
      const before = run.journal.length;
      this.apply(run, this.#machine.tick());
      assert.ok(run.journal.length > before, 'a tick that was asked for does something');
    }
    return due.length;
  }

  /** Delivers the messages under way now, in the order in which they were sent. */
  deliver(): number {
    const messages = this.#sent.splice(0);
    for (const message of messages) this.#deliverOne(message);
    return messages.length;
  }

  #deliverOne({ from, to, body }: Sent): void {
    const { start, command } = this.#machine.receive(body, from);
    const open = this.#open(to.name);
    if (start && open === undefined) {
      this.begin(to.name, command);
    } else if (start) {
      this.#bounce(body, from, 'already-open');
    } else {
      const target = to.id === undefined ? open : this.runs.find(({ identity }) => identity.id === to.id);
      if (target === undefined || this.#isClosed(target.state)) this.#bounce(body, from, 'no-open-execution');
      else this.apply(target, command);
    }
  }

  #open(name: string): Run<State, Event> | undefined {
    return this.runs.find(({ identity, state }) => identity.name === name && !this.#isClosed(state));
  }

  #bounce(body: unknown, from: Identity, why: 'no-open-execution' | 'already-open'): void {
    const answer = this.#machine.bounce(body, why);
    if (answer !== undefined) this.#sent.push({ from, to: from, body: JSON.parse(JSON.stringify(answer)) });
  }

  /** Reports how an effect went. */
  finish(run: Run<State, Event>, key: string, outcome: EffectOutcome): void {
    this.apply(run, this.#machine.effectFinished(key, outcome));
  }
}
