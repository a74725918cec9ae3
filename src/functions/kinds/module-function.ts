import { tooLarge } from '../answer.ts';
import type { Callable, CallOptions, FunctionSettings } from '../call-function.ts';
import type { ModuleConfig } from '../function-config.ts';
import { Slots } from '../slots.ts';
import { ModuleThread } from './module-thread.ts';

const MAX_IDLE = 2;

/** Calls the module's handler in a thread that serves one call at a time, so that one call can be ended alone. */
export function moduleFunction(name: string, { module }: ModuleConfig, settings: FunctionSettings): Callable {
  const { answerBytes, concurrency, print } = settings;
  const slots = new Slots(concurrency);
  const idle: ModuleThread[] = [];
  const newThread = (): ModuleThread => new ModuleThread(module, (text) => print(name, text));
  const callInThread = async (event: string, { signal, context }: CallOptions): Promise<string> => {
    const thread = takeUsable(idle) ?? newThread();
    const end = (): void => void thread.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await thread.call({ event, context: { functionName: name, ...context } });
    } finally {
      signal.removeEventListener('abort', end);
      if (idle.length < MAX_IDLE && thread.isUsable) idle.push(thread);
      else end();
    }
  };
  return {
    call: async (event, options) => {
      const answer = await slots.run(options.signal, () => callInThread(event, options));
      if (answerBytes > 0 && Buffer.byteLength(answer) > answerBytes) throw tooLarge(answerBytes);
      return answer;
    },
    stop: async () => {
      await Promise.all(idle.splice(0).map((thread) => thread.end()));
    },
  };
}

/** A thread may have ended while it was idle, by what its module had left running. */
function takeUsable(idle: ModuleThread[]): ModuleThread | undefined {
  for (let thread = idle.pop(); thread !== undefined; thread = idle.pop()) {
    if (thread.isUsable) return thread;
  }
  return undefined;
}
