import type { EventType } from '../events.ts';
import type { Note } from '../notes.ts';
import type { TypedEvent } from '../own.ts';
import type { State } from '../state.ts';

/** How events of each type change the state, in place; `id` is the event's. */
export type Evolvers = {
  readonly [T in EventType]: (state: State, event: TypedEvent<T>, id: number) => void;
};

export type NoteOf<T extends Note['note']> = Extract<Note, { readonly note: T }>;

/** The same for notes. */
export type NoteEvolvers = { readonly [T in Note['note']]: (state: State, note: NoteOf<T>) => void };
