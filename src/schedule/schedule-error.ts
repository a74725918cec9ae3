/** A schedule expression that cannot be read; the message says which part and why. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}
