import { Slots } from '../../lib/slots.ts';
import { tooLarge } from '../answer.ts';
import type { Callable, CallOptions, FunctionSettings } from '../call-function.ts';
import type { ModuleConfig } from '../function-config.ts';
import { ModuleThread } from './module-thread.ts';
import { ModuleThreads } from './module-threads.ts';

/** Calls the module's handler in a thread that serves one call at a time, so that one call can be ended alone. */
export function moduleFunction(name: string, { module }: ModuleConfig, settings: FunctionSettings): Callable {
  const { answerBytes, concurrency, print, after } = settings;
  const slots = new Slots(concurrency);
  const threads = new ModuleThreads(() => new ModuleThread(module, (text) => print(name, text)), after);
  const callInThread = async (event: string, { signal, context }: CallOptions): Promise<string> => {
    const thread = await threads.take(signal);
    const end = (): void => void thread.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await thread.call({ event, context: { functionName: name, ...context } });
    } finally {
      signal.removeEventListener('abort', end);
      threads.giveBack(thread);
    }
  };
  return {
    call: async (event, options) => {
      const answer = await slots.run(options.signal, () => callInThread(event, options));
      if (answerBytes > 0 && Buffer.byteLength(answer) > answerBytes) throw tooLarge(answerBytes);
      return answer;
    },
    stop: () => threads.stop(),
  };
}
