import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Execution {
  readonly id: string;
  readonly vendorStatus: string;
  readonly endedAt: string | null;
}

export interface LogEvent {
  readonly time: string;
  readonly type: string;
  readonly attributes: {
    readonly details: {
      readonly stepType?: string;
      readonly stepName?: string;
      readonly errorType?: string;
      readonly errorMessage?: string;
    };
  };
}

const ORRERY = join(import.meta.dirname, '../../bin/orrery');
const run = promisify(execFile);

/** Executions of a workflow, oldest first, once so many have ended. */
export async function endedExecutions(workflowId: string, count: number): Promise<readonly Execution[]> {
  for (;;) {
    const { executions } = await orrery<{ executions: readonly Execution[] }>(
      ...['executions', '--system', 'transfer', '--scope', workflowId, '--order', 'oldest'],
    );
    if (executions.filter(({ endedAt }) => endedAt !== null).length >= count) return executions;
    await pause(200);
  }
}

/** What the vendor's log would say of an execution, from its first event to its last. */
export async function eventsOf({ id }: Execution): Promise<readonly LogEvent[]> {
  return (await orrery<{ events: readonly LogEvent[] }>('history', id)).events;
}

/** Orrery's own command line, which shows the executions of every system in the same way. */
async function orrery<Answer>(...command: string[]): Promise<Answer> {
  const { stdout } = await run(ORRERY, [...command, '--json']);
  return JSON.parse(stdout) as Answer;
}
