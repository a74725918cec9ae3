/** Why a file operation failed, whatever backend did it. */
export type FilesReason =
  | 'not-found'
  | 'exists'
  /** It is not, or no longer, the content that the caller knows (`ifMatch`). */
  | 'changed'
  | 'denied'
  | 'not-empty'
  | 'not-a-directory'
  | 'is-a-directory'
  /** The backend cannot do that at all. */
  | 'unsupported'
  | 'invalid'
  | 'no-space'
  | 'throttled'
  /** The backend failed or was not reached; trying again may help. */
  | 'unavailable';

export class FilesError extends Error {
  readonly reason: FilesReason;
  constructor(reason: FilesReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FilesError';
    this.reason = reason;
  }
}

/** One whose message names no file and no place: it may be told to whoever asked, as it is. */
export class PublicError extends FilesError {}
