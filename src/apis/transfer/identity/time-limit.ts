import type { Transfer } from '../transfer.ts';

/** Runs what can be aborted, for as long as an identity provider may take; rejects with a `TimeUp` after that. */
export async function withinProviderTime<Result>(
  { clock, limits }: Transfer,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const milliseconds = limits.identityProviderMilliseconds;
  const controller = new AbortController();
  const end = (): void => controller.abort(new TimeUp(`No answer within ${milliseconds} ms`));
  const disarm = clock.at(clock.now() + milliseconds, end);
  try {
    return await run(controller.signal);
  } finally {
    disarm();
  }
}

export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}
