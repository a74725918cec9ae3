import type { StoredEvent } from '../machine/events.ts';
import { timeText } from './times.ts';

/** An event of a history as the vendor answers, from its place in the history and its stored text. */
export function eventView(id: number, text: string) {
  const { type, time, step, cause, detail } = JSON.parse(text) as StoredEvent;
  return {
    EventId: id,
    ScheduleEventId: cause,
    Type: type,
    StepName: step,
    EventDetail: JSON.stringify(detail),
    Time: timeText(time),
  };
}
