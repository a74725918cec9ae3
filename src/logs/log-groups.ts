/**
 * Log streams as files of JSON lines, `<data>/logs/<group>/<stream>.jsonl`, named as their vendor names groups and
 * streams. A line that was acknowledged survives the process, not a power loss.
 */
export interface LogGroups {
  /** Appends one event; `time` is epoch milliseconds and becomes its first member. Never throws: what cannot be written is reported. */
  write(stream: LogStream, time: number, event: object): void;
  /** Lines of a stream, oldest first; none when there is no such stream. */
  read(stream: LogStream): Promise<readonly object[]>;
  /** Resolves once everything written so far has reached its file. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface LogStream {
  /** For example `/aws/transfer/s-0123456789abcdef0`. */
  readonly group: string;
  readonly stream: string;
}
