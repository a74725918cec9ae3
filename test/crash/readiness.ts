import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint } from '../../bench/load/signed-request.ts';

export interface Readiness {
  readonly status: number;
  readonly ok: boolean;
  readonly reason?: string;
}

async function readiness({ host, port }: Pick<Endpoint, 'host' | 'port'>): Promise<Readiness> {
  const response = await fetch(`http://${host}:${port}/readyz`);
  return { status: response.status, ...((await response.json()) as { ok: boolean; reason?: string }) };
}

/** Asks until the answer is what is wanted; gives the last one after so many milliseconds. */
export async function whenReadiness(
  endpoint: Pick<Endpoint, 'host' | 'port'>,
  wanted: boolean,
  milliseconds = 15_000,
): Promise<Readiness> {
  const limit = Date.now() + milliseconds;
  for (;;) {
    const now = await readiness(endpoint);
    if (now.ok === wanted || Date.now() > limit) return now;
    await delay(10);
  }
}
