import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { credentials } from './start-server.ts';

const AT_MOST_MS = 60_000;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `main.ts` of a folder under `examples/` against a server of the tests, to its end. */
export function runExample(folder: string, endpoint: string): Promise<Ended> {
  const program = join(import.meta.dirname, '../../examples', folder, 'main.ts');
  const env = {
    ...process.env,
    ORRERY_ENDPOINT: endpoint,
    ORRERY_ACCESS_KEY_ID: credentials.accessKeyId,
    ORRERY_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { env, timeout: AT_MOST_MS }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}
