import { jsonAnswer, tooLarge } from '../answer.ts';
import type { Callable, FunctionSettings } from '../call-function.ts';
import type { ActivityConfig } from '../function-config.ts';

/** Puts the event on a task list, for whichever worker takes it. */
export function activityFunction(
  name: string,
  { activity }: ActivityConfig,
  { callActivity, answerBytes }: FunctionSettings,
): Callable {
  const wanted = { ...activity, type: activity.type ?? name };
  return {
    call: async (event, options) => {
      const answer = await callActivity(wanted, event, options);
      if (answerBytes > 0 && Buffer.byteLength(answer) > answerBytes) throw tooLarge(answerBytes);
      return jsonAnswer(answer);
    },
    stop: async () => undefined,
  };
}
