/** Which execution: `scope` is the API's own partition (for example account/region/domain), `name` the client's name for it. */
export interface Identity {
  readonly api: string;
  readonly scope: string;
  readonly name: string;
  /** Given by the kernel; unique in the whole installation, at most 32 letters and digits. */
  readonly id: string;
  /** When its first command was applied, in epoch milliseconds. */
  readonly startedAt: number;
}

/** Whom a command or message is for: with `id` that execution, without it the open execution of that name. */
export interface Address {
  readonly api: string;
  readonly scope: string;
  readonly name: string;
  readonly id?: string;
}

export type Status = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'timed-out' | 'terminated';

/** What lists show, filter and count without opening the state. */
export interface Summary {
  readonly status: Status;
  /** The API's own word for the status, for example COMPLETED. */
  readonly vendorStatus: string;
  readonly type: string;
  readonly typeVersion?: string;
  readonly tags: readonly string[];
  /** Set exactly when the execution is closed, in epoch milliseconds. */
  readonly endedAt?: number;
  /** When a closed execution is forgotten, in epoch milliseconds; absent means never. */
  readonly expiresAt?: number;
  /** Small JSON of the API's own for its list views. */
  readonly detail?: unknown;
}

/** A task that an execution holds out to pollers until a command changes the state so that it no longer does. */
export interface Offer {
  /** Unique among the offers of one execution, and never used again for another task of it. */
  readonly key: string;
  /** Full name of the queue, unique in the installation. */
  readonly queue: string;
  /** Higher goes first. */
  readonly priority: number;
  /** Older goes first within a priority, in epoch milliseconds. */
  readonly since: number;
}

/** Work that the kernel runs for an execution, at least once, for as long as its state asks for it. */
export interface EffectRequest {
  /** Unique among the effects of one execution, and never used again for another effect of it. */
  readonly key: string;
  /** Which of the API's effect runners does it. */
  readonly kind: string;
  readonly input: unknown;
}

/** Something to tell another execution: delivered at least once by the outbox, applied exactly once. */
export interface Message {
  readonly to: Address;
  readonly body: unknown;
}

/** One command being applied. Everything a machine may see or do; it has no clock, randomness or I/O of its own. */
export interface Turn<State, Event, Command> {
  readonly identity: Identity;
  /** Always up to date: each `append` and `note` evolves it at once. */
  readonly state: State;
  /** The time of this command in epoch milliseconds; never goes backwards within one execution. */
  readonly now: number;
  /** Id that the next appended event will have; the first is 1. */
  readonly nextEventId: number;
  /** Adds an event to the history and evolves the state; gives the event's id. */
  append(event: Event): number;
  /** Evolves the state by something that the history does not show. */
  note(event: Event): void;
  /** Sends once this command is durable. */
  send(message: Message): void;
  /**
   * Starts the next execution of the same name in the same commit. Gives its id, which the closing event may need:
   * so this one may still be open, but must be closed when the command has been applied.
   */
  succeed(command: Command): string;
}

/** What a received message means: begin an execution, or apply a command to the one it is addressed to. */
export interface Delivery<Command> {
  readonly start: boolean;
  readonly command: Command;
}

/** Why a message had no effect. */
export type Undelivered = 'no-open-execution' | 'already-open' | 'rejected';

/**
 * How one API's executions behave. Deterministic: the same events give the same state, the same state and command
 * the same events. `evolve` changes the state it is given in place; nobody but the shard holds that state.
 * A command is refused by throwing a `Rejection` before anything was appended.
 */
export interface Machine<State, Event, Command> {
  /** True where hardly anybody follows the newest events: they are read from the store, and not kept in memory. */
  readonly isSeldomFollowed?: boolean;
  /** The state before the first event. */
  initial(): State;
  /** Applies a command; the value returned is the caller's reply, held until everything appended is durable. */
  decide(turn: Turn<State, Event, Command>, command: Command): unknown;
  /** JSON text of an event, where `JSON.stringify` is not the best way to it. */
  text?(event: Event): string;
  /** `id` is the event's id, or 0 for a note. */
  evolve(state: State, event: Event, id: number): void;
  summary(state: State): Summary;
  /** Earliest time at which the execution wants a tick, in epoch milliseconds; undefined when nothing is due. */
  wake(state: State): number | undefined;
  /** The command that makes everything due at `turn.now` happen. */
  tick(): Command;
  offers(state: State): readonly Offer[];
  effects(state: State): Iterable<EffectRequest>;
  /** The command that carries an effect's outcome back. */
  effectFinished(key: string, outcome: EffectOutcome): Command;
  receive(body: unknown, from: Identity): Delivery<Command>;
  /** What to tell the sender of a message that had no effect; undefined when nothing. */
  bounce(body: unknown, why: Undelivered): unknown;
}

export type EffectOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string; readonly details?: unknown };

/** A machine whose types the kernel does not need to know. */
// biome-ignore lint/suspicious/noExplicitAny: the kernel only passes these values between functions of one machine
export type AnyMachine = Machine<any, any, any>;
