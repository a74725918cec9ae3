import { fileURLToPath } from 'node:url';
import { type RunningOrrery, startOrrery } from './orrery.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

/** What the flows of the load need: their function, and room for histories longer than the vendor's. */
const config = {
  functions: { answer: { module: fileURLToPath(new URL('./answer-function.ts', import.meta.url)) } },
  limits: { 'cloudflow.historyEvents': 100_000 },
};

/** A server for flows over an empty store, for as long as the work takes. */
export function withFlowServer<T>(work: (server: RunningOrrery, data: string) => Promise<T>): Promise<T> {
  return inTemporaryDirectory('bench-flows', async (path) => {
    const server = await startFlowServer(path);
    try {
      return await work(server, path);
    } finally {
      await server.stop();
    }
  });
}

export function startFlowServer(data: string): Promise<RunningOrrery> {
  return startOrrery(data, config);
}
