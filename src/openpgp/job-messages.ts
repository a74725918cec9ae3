import type { MessagePort } from 'node:worker_threads';
import type { OpenPgpReason } from './openpgp-error.ts';
import type { OpenPgpKey } from './session-keys.ts';

/** Begins a job in the thread; everything else of it goes through its own port, whose closing ends it. */
export interface NewJob {
  readonly keys: readonly OpenPgpKey[];
  readonly maxBytes: number;
  readonly port: MessagePort;
}

export type ToJob =
  | { readonly kind: 'input'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'input-end' }
  /** A piece of output has been taken; the room was its own. */
  | { readonly kind: 'taken'; readonly room: ArrayBuffer };

export type FromJob =
  /** A piece of input; the room is that of one before. */
  | { readonly kind: 'want'; readonly room: ArrayBuffer | undefined }
  | { readonly kind: 'output'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: OpenPgpReason; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Pieces of input asked for, and pieces of output not yet taken, at the most. */
export const PIECES_AHEAD = 4;
/** Waking the other thread costs more than copying that much. */
export const PIECE_BYTES = 512 * 1024;
