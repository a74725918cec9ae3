import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Slots } from '../../lib/slots.ts';
import { jsonAnswer, readAnswer } from '../answer.ts';
import type { Callable, CallContext, FunctionSettings } from '../call-function.ts';
import type { CommandConfig } from '../function-config.ts';
import { functionEnvironment } from '../function-environment.ts';
import { type FunctionFailed, functionFailed } from '../function-failed.ts';

const STDERR_TAIL_BYTES = 4096;

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly endedBy: NodeJS.Signals | null;
}

/** Starts a program per call, in a process group of its own that does not outlive the call. */
export function commandFunction(name: string, config: CommandConfig, settings: FunctionSettings): Callable {
  const slots = new Slots(settings.concurrency);
  return {
    call: (event, { signal, context }) =>
      slots.run(signal, async () => {
        const child = start(config, name, context);
        const kill = (): void => killGroup(child);
        signal.addEventListener('abort', kill, { once: true });
        try {
          const ended = await finish(child, event, settings.answerBytes);
          if (ended.stderr !== '') settings.print(name, ended.stderr.trimEnd());
          return answerOf(ended, config);
        } finally {
          signal.removeEventListener('abort', kill);
          kill();
        }
      }),
    stop: async () => undefined,
  };
}

function start(
  { command, folder }: CommandConfig,
  name: string,
  { idempotencyKey }: CallContext,
): ChildProcessWithoutNullStreams {
  const [program = '', ...given] = command;
  const own = { ORRERY_FUNCTION_NAME: name, ORRERY_IDEMPOTENCY_KEY: idempotencyKey };
  const env = { ...functionEnvironment(), ...own };
  return spawn(program, given, { cwd: folder, detached: true, stdio: 'pipe', env });
}

async function finish(
  child: ChildProcessWithoutNullStreams,
  event: string,
  maxBytes: number,
): Promise<Ended> {
  await once(child, 'spawn');
  // What the program has left behind would hold its output open.
  child.once('exit', () => killGroup(child));
  // A program need not read its event.
  child.stdin.on('error', () => undefined);
  child.stdin.end(event);
  const [stdout, stderr, [code, endedBy]] = await Promise.all([
    readAnswer(child.stdout, maxBytes),
    readTail(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { stdout, stderr, code, endedBy };
}

async function readTail(stream: AsyncIterable<Buffer>): Promise<string> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL_BYTES);
  return tail.toString();
}

function answerOf(ended: Ended, config: CommandConfig): string {
  if (ended.code === 0) return jsonAnswer(ended.stdout);
  throw failureOf(ended, config);
}

/** An exit code is the program's own word; a signal is not. */
function failureOf({ code, endedBy, stderr }: Ended, { command }: CommandConfig): FunctionFailed {
  const end = code === null ? `signal ${endedBy}` : `exit code ${code}`;
  return functionFailed(code === null ? 'Unhandled' : 'Handled', {
    errorType: code === null ? 'Signal' : 'ExitCode',
    errorMessage: `${command.join(' ')} ended with ${end}`,
    stderr,
  });
}

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}
