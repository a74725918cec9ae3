import type { Clock } from './clock.ts';

/** Resolves after that time; rejects with the signal's reason when it aborts before. */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      callOff();
      reject(signal.reason);
    };
    const callOff = clock.at(clock.now() + milliseconds, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    signal.addEventListener('abort', leave, { once: true });
  });
}
