import assert from 'node:assert/strict';
import type { Command } from '../../../../src/apis/cloudflow/machine/commands.ts';
import type { StoredEvent } from '../../../../src/apis/cloudflow/machine/events.ts';
import { cloudflowMachine } from '../../../../src/apis/cloudflow/machine/machine.ts';
import type { MachineEvent } from '../../../../src/apis/cloudflow/machine/notes.ts';
import type { State } from '../../../../src/apis/cloudflow/machine/state.ts';
import type { Identity, Message, Turn } from '../../../../src/kernel/machine.ts';
import { checkState } from './invariants.ts';

export const machine = cloudflowMachine({
  tokenMac: (text) => `mac${text.length}`,
  scopeOfFlow: (scope, flowName) => `${scope.split('/')[0]}/${flowName}`,
});

/** What the journal holds: an event with its id, or a note, as JSON. */
interface Entry {
  readonly id: number;
  readonly text: string;
}

/** Histories up to this length are replayed from their beginning after each command. */
const REPLAYED_WHOLE = 400;

/** One execution, whose state after each command must be what its journal alone leads to. */
export class FlowRun {
  readonly identity: Identity;
  readonly sent: Message[] = [];
  readonly journal: Entry[] = [];
  state: State = machine.initial();
  turns = 0;
  #events = 0;
  /** Brought on from its own JSON text with each command, as from snapshots. */
  #shadow: State = machine.initial();

  constructor(identity: Identity) {
    this.identity = identity;
  }

  apply(command: Command, now: number): unknown {
    const begin = this.journal.length;
    this.turns += 1;
    const reply = machine.decide(this.#turn(now), command);
    this.#shadow = JSON.parse(JSON.stringify(this.#shadow)) as State;
    fold(this.#shadow, this.journal.slice(begin));
    checkState(this.state);
    const expected = plain(this.state);
    assert.deepEqual(plain(this.#shadow), expected, 'a snapshot and what came after it');
    if (this.journal.length <= REPLAYED_WHOLE) {
      const replayed = machine.initial();
      fold(replayed, this.journal);
      assert.deepEqual(plain(replayed), expected, 'the journal from its beginning');
    }
    return reply;
  }

  get events(): StoredEvent[] {
    return this.journal.filter(({ id }) => id > 0).map(({ text }) => JSON.parse(text) as StoredEvent);
  }

  get isOpen(): boolean {
    return this.state.status === 'Running';
  }

  #turn(now: number): Turn<State, MachineEvent, Command> {
    const run = this;
    const add = (event: MachineEvent, id: number): number => {
      run.journal.push({ id, text: JSON.stringify(event) });
      machine.evolve(run.state, event, id);
      return id;
    };
    return {
      identity: run.identity,
      now,
      get state() {
        return run.state;
      },
      get nextEventId() {
        return run.#events + 1;
      },
      append: (event) => add(event, ++run.#events),
      note: (event) => void add(event, 0),
      send: (message) => void run.sent.push(message),
      succeed: () => assert.fail('flows have no successors'),
    };
  }
}

function fold(state: State, journal: readonly Entry[]): void {
  for (const { id, text } of journal) machine.evolve(state, JSON.parse(text) as MachineEvent, id);
}

function plain(state: State): unknown {
  return JSON.parse(JSON.stringify(state));
}
