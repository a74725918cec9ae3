import type { LiveExecution } from './live-execution.ts';
import type { Identity, Message, Turn } from './machine.ts';

/** A command being applied to a live execution: keeps what the machine did until the shard takes it over. */
export class LiveTurn implements Turn<unknown, unknown, unknown> {
  readonly identity: Identity;
  readonly state: unknown;
  readonly now: number;
  readonly events: string[] = [];
  readonly notes: string[] = [];
  readonly messages: Message[] = [];
  successor: { readonly id: string; readonly command: unknown } | undefined;
  readonly #execution: LiveExecution;
  readonly #eventsBefore: number;
  readonly #newId: () => string;

  constructor(execution: LiveExecution, now: number, newId: () => string) {
    this.identity = execution.identity;
    this.state = execution.state;
    this.now = now;
    this.#execution = execution;
    this.#eventsBefore = execution.delta?.events.length ?? 0;
    this.#newId = newId;
  }

  get nextEventId(): number {
    return this.#execution.nextEvent + this.events.length;
  }

  get isUntouched(): boolean {
    return this.events.length === 0 && this.notes.length === 0 && this.messages.length === 0;
  }

  append(event: unknown): number {
    const id = this.nextEventId;
    this.events.push(JSON.stringify(event));
    this.#execution.machine.evolve(this.state, event, id);
    return id;
  }

  note(note: unknown): void {
    this.notes.push(`[${this.#eventsBefore + this.events.length},${JSON.stringify(note)}]`);
    this.#execution.machine.evolve(this.state, note, 0);
  }

  send(message: Message): void {
    this.messages.push(message);
  }

  succeed(command: unknown): string {
    const id = this.#newId();
    this.successor = { id, command };
    return id;
  }
}
