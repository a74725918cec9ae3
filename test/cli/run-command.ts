import { runCommandLine } from '../../src/cli/command-line.ts';
import * as executions from '../../src/cli/commands/executions.ts';
import * as history from '../../src/cli/commands/history.ts';
import * as show from '../../src/cli/commands/show.ts';
import * as watch from '../../src/cli/commands/watch.ts';

export interface Running {
  /** What has been printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly code: Promise<number>;
}

export interface Terminal {
  readonly columns: number;
}

/** Runs a client command in this process; with a terminal its output is for a person. */
export function runCommand(given: readonly string[], terminal?: Terminal): Running {
  const printed = { stdout: '', stderr: '' };
  const stdout = {
    write: (text: string) => {
      printed.stdout += text;
    },
    isTTY: terminal !== undefined,
    ...terminal,
  };
  const stderr = {
    write: (text: string) => {
      printed.stderr += text;
    },
  };
  const code = runCommandLine([executions, show, history, watch], given, { stdout, stderr });
  return {
    code,
    get stdout() {
      return printed.stdout;
    },
    get stderr() {
      return printed.stderr;
    },
  };
}

/** The environment in which client commands find the server with this key, and nothing of the machine's own settings. */
export function useServer(endpoint: string, key?: { accessKeyId: string; secretAccessKey: string }): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('ORRERY_')) delete process.env[name];
  delete process.env.NO_COLOR;
  process.env.TERM = 'xterm';
  process.env.ORRERY_ENDPOINT = endpoint;
  if (key === undefined) return;
  process.env.ORRERY_ACCESS_KEY_ID = key.accessKeyId;
  process.env.ORRERY_SECRET_ACCESS_KEY = key.secretAccessKey;
}
