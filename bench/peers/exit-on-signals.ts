/** Makes an interruption an ordinary exit, so that what waits for the exit can stop servers and remove directories. */
export function exitOnSignals(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}
