/** A command or request refused; nothing has changed. Each API turns these into its vendor's faults. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  /** What went wrong, in the API's or the kernel's own short words, for example `already-open`. */
  readonly reason: string;
  readonly details: unknown;

  constructor(reason: string, message = reason, details?: unknown) {
    super(message);
    this.reason = reason;
    this.details = details;
  }
}

/** The store cannot write or is being reloaded: nothing has changed, and the same call may succeed later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The execution's own machine failed on the command: it may do so again, however long one waits. */
export class MachineFailed extends Unavailable {}

/** The execution addressed does not exist, is closed where it must be open, or is forgotten. */
export class NoSuchExecution extends Error {
  override readonly name = 'NoSuchExecution';
}

/** An open execution of that name exists already. */
export class AlreadyOpen extends Error {
  override readonly name = 'AlreadyOpen';
}

/** A record changed between reading and writing it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** Why an effect is aborted whose execution does not ask for it any more; otherwise it will begin anew. */
export class NoLongerWanted extends Error {
  override readonly name = 'NoLongerWanted';
}
