import type { Json } from '../language/json.ts';
import type { Follower } from './commands.ts';
import type { StoredEvent } from './events.ts';

/** What changes the state without being in the history, as child executions of map runs, of which there may be thousands. */
export type Note = { readonly time: number } & (
  | { readonly note: 'winding-down'; readonly error: string; readonly cause: string }
  | { readonly note: 'followed'; readonly follower: Follower }
  | { readonly note: 'unfollowed'; readonly executionId: string; readonly taskEventId: number }
  | { readonly note: 'map-child-begun'; readonly of: number; readonly place: number }
  | { readonly note: 'map-child-started'; readonly of: number; readonly place: number }
  | {
      readonly note: 'map-child-ended';
      readonly of: number;
      readonly place: number;
      readonly ok: boolean;
      /** Null for one that failed, and where results are written elsewhere. */
      readonly output: Json;
      /** Why it could not even be started. */
      readonly notStarted?: { readonly error: string; readonly cause: string };
    }
  | {
      readonly note: 'map-run-updated';
      readonly mapRun: string;
      readonly concurrency?: number;
      readonly toleratedFailedCount?: number;
      readonly toleratedFailedPercentage?: number;
    }
);

export type MachineEvent = StoredEvent | Note;
