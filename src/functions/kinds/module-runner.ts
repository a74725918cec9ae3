/** The thread in which the module of a function runs. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { module, functionName } = workerData as ModuleData;

/** What a thread is started with. */
export interface ModuleData {
  readonly module: string;
  readonly functionName: string;
}

/** One call; messages are as small as they can be, since objects take long from thread to thread. */
export type ToModule = readonly [event: string, idempotencyKey: string];

export type FromModule =
  /** The function's answer: JSON text. */
  | string
  /** The module is loaded, or cannot be. */
  | { readonly kind: 'started' }
  /** `unusable`: the module could not be loaded. */
  | { readonly kind: 'failed' | 'unusable'; readonly message: string; readonly payload: string };

interface Context {
  readonly functionName: string;
  readonly idempotencyKey: string;
}

type Handler = (event: unknown, context: Context) => unknown;

async function load(path: string): Promise<Handler> {
  const { handler } = (await import(pathToFileURL(path).href)) as { readonly handler?: Handler };
  if (typeof handler !== 'function') throw new TypeError(`${path} does not export a function named handler`);
  return handler;
}

async function run(handler: Handler, [event, idempotencyKey]: ToModule): Promise<FromModule> {
  try {
    const value = await handler(JSON.parse(event), { functionName, idempotencyKey });
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    return failure('failed', error);
  }
}

function failure(kind: 'failed' | 'unusable', error: unknown): FromModule {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { message, stack = '' } = thrown;
  const trace = stack.split('\n').map((line) => line.trim());
  const payload = { errorType: errorTypeOf(thrown), errorMessage: message, trace };
  return { kind, message, payload: JSON.stringify(payload) };
}

/** The name that an error has been given, else that of its class: a class of one's own inherits the name of another. */
function errorTypeOf({ name, constructor: ownClass }: Error): string {
  if (typeof ownClass !== 'function') return name;
  const isInherited = name === Object.getPrototypeOf(ownClass)?.prototype?.name;
  return isInherited && ownClass.name !== '' ? ownClass.name : name;
}

const loading = load(module);
// Why a module cannot be loaded is reported with the first call.
const started = (): void => parentPort?.postMessage({ kind: 'started' } satisfies FromModule);
loading.then(started, started);

parentPort?.on('message', async (message: ToModule) => {
  const answer = await loading.then(
    (handler) => run(handler, message),
    (error) => failure('unusable', error),
  );
  parentPort?.postMessage(answer);
});
