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
  const threads = new ModuleThreads(
    () => new ModuleThread({ module, functionName: name }, (text) => print(name, text)),
    after,
  );
  const callInThread = async (event: string, { signal, context }: CallOptions): Promise<string> => {
    const turn = threads.queue();
    let end = (): void => turn.leave(signal.reason);
    const abort = (): void => end();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const thread = await turn.thread;
      end = (): void => void thread.end();
      return await thread.call([event, context.idempotencyKey]).finally(() => threads.giveBack(thread));
    } finally {
      signal.removeEventListener('abort', abort);
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
