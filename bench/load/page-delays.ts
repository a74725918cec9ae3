import { Agent, get } from 'node:http';

export interface PageDelays {
  /** Milliseconds of each answer so far, in ascending order. */
  stop(): Promise<readonly number[]>;
}

/** Asks for a page every ten milliseconds, one request at a time, over one connection. */
export function askForPage(url: string): PageDelays {
  const delays: number[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isStopped = false;
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      get(url, { agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
  const asking = (async () => {
    while (!isStopped) {
      const begun = performance.now();
      await ask();
      delays.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await asking;
      agent.destroy();
      return delays.sort((one, other) => one - other);
    },
  };
}
