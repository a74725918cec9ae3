import type { LiveExecution } from './live-execution.ts';
import type { Address, Identity, Message, Turn } from './machine.ts';

/** An execution to come, and its first command. */
export interface Successor {
  readonly id: string;
  readonly command: unknown;
}

/** Thousands of small texts that wait for their commit would be copied by the garbage collector again and again. */
const EVENTS_PER_TEXT = 64;

/** A command being applied to a live execution: keeps what the machine did until the shard takes it over. */
export class LiveTurn implements Turn<unknown, unknown, unknown> {
  readonly execution: LiveExecution;
  readonly now: number;
  /** JSON texts: of one event each, or where hardly anybody follows them of several with commas between. */
  readonly events: string[] = [];
  eventCount = 0;
  readonly notes: string[] = [];
  readonly messages: WrittenMessage[] = [];
  successor: Successor | undefined;
  reply: unknown;
  /** The successor's first turn, decided already and taken over together with this one. */
  following: LiveTurn | undefined;
  readonly #newId: () => string;

  constructor(execution: LiveExecution, now: number, newId: () => string) {
    this.execution = execution;
    this.now = now;
    this.#newId = newId;
  }

  get identity(): Identity {
    return this.execution.identity;
  }

  get state(): unknown {
    return this.execution.state;
  }

  get nextEventId(): number {
    return this.execution.nextEvent + this.eventCount;
  }

  get isUntouched(): boolean {
    return this.eventCount === 0 && this.notes.length === 0 && this.messages.length === 0;
  }

  append(event: unknown): number {
    const { execution } = this;
    const { machine } = execution;
    const id = this.nextEventId;
    this.events.push(machine.text === undefined ? JSON.stringify(event) : machine.text(event));
    this.eventCount++;
    if (machine.isSeldomFollowed === true && this.eventCount % EVENTS_PER_TEXT === 0) this.#joinNewest();
    machine.evolve(execution.state, event, id);
    return id;
  }

  note(note: unknown): void {
    const { execution } = this;
    const eventsBefore = (execution.delta?.eventCount ?? 0) + this.eventCount;
    this.notes.push(`[${eventsBefore},${JSON.stringify(note)}]`);
    execution.machine.evolve(execution.state, note, 0);
  }

  send({ to, body }: Message): void {
    this.messages.push({ to, text: writeMessage({ to, body, from: this.identity }) });
  }

  succeed(command: unknown): string {
    const id = this.#newId();
    this.successor = { id, command };
    return id;
  }

  #joinNewest(): void {
    const newest = this.events.splice(-EVENTS_PER_TEXT);
    this.events.push(newest.join(','));
  }
}

/** A message as the outbox keeps it. */
export interface WrittenMessage {
  readonly to: Address;
  readonly text: string;
}

export interface SignedMessage extends Message {
  readonly from: Identity;
}

export function writeMessage(message: SignedMessage): string {
  return JSON.stringify(message);
}

export function readMessage(text: string): SignedMessage {
  return JSON.parse(text) as SignedMessage;
}
