import { type Clock, systemClock } from '../../kernel/clock.ts';
import { createClient, type Get, NotFound, Unreachable } from '../client/client.ts';
import { CONNECTION_OPTIONS, connectionOf } from '../client/connection.ts';
import { type Execution, executionPath, readHistory } from '../client/executions.ts';
import { FollowedSteps } from '../client/followed-steps.ts';
import { type Invocation, JSON_OPTION, type Option, type Output } from '../command.ts';
import { screenOf } from '../display/screen.ts';
import { createView } from '../display/watch-view.ts';

export const name = 'watch';
export const summary = 'follow an execution until it ends; exits with 3 when it ends without success';
export const options: readonly Option[] = [...CONNECTION_OPTIONS, JSON_OPTION];
export const parameters = [{ name: 'ID', meaning: 'id as `orrery executions` shows it' }];

const ENDED_WITHOUT_SUCCESS = 3;
/** Seconds between looks at an execution that does not change: what is shown holds durations. */
const REFRESH_SECONDS = 5;
const RETRY_MS = 200;
/** How long a server may be away, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Exit code 0 if the execution succeeds, 3 if it ends otherwise, 1 if it cannot be followed to its end. */
export async function run(invocation: Invocation): Promise<number> {
  const {
    options: given,
    parameters: [id = ''],
    stdout,
    stderr,
  } = invocation;
  const get = createClient(connectionOf(given, process.env));
  const view = createView(stdout, screenOf(stdout, process.env), given.json === true);
  let execution = await get<Execution>(executionPath(id));
  const followed = new FollowedSteps(get, id);
  let nextEvent = 1;
  for (;;) {
    const events = await patiently(() => readHistory(get, id, { from: nextEvent }), stderr);
    nextEvent += events.length;
    const steps = view.needsSteps(execution) ? await patiently(() => followed.read(), stderr) : [];
    view.show(execution, { events, steps }, systemClock.now());
    if (execution.endedAt !== null) return execution.status === 'succeeded' ? 0 : ENDED_WITHOUT_SUCCESS;
    const since = execution.version;
    execution = await patiently(() => lookAgain(get, id, since), stderr);
  }
}

async function lookAgain(get: Get, id: string, since: number): Promise<Execution> {
  try {
    return await get<Execution>(executionPath(id), { wait: REFRESH_SECONDS, since });
  } catch (error) {
    if (error instanceof NotFound) throw new Error('the execution has ended and is forgotten already');
    throw error;
  }
}

/** Tries again while the server is away, as when it is started anew. */
async function patiently<Answer>(ask: () => Promise<Answer>, stderr: Output): Promise<Answer> {
  const end = systemClock.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable) || systemClock.now() >= end) throw error;
      if (attempt === 0) stderr.write(`orrery: ${error.message}; trying again\n`);
      await pause(systemClock);
    }
  }
}

const pause = (clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.at(clock.now() + RETRY_MS, resolve);
  });
