import type { ReceivedMessage } from '../../../queues/message-queues.ts';
import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters, wholeNumber } from '../parameters.ts';
import { allowedQueue, answering, MESSAGES, type QueueRouteOptions } from './queue-access.ts';

const LONGEST_WAIT = 60;
export const VISIBILITY_SECONDS = { least: 0, most: 43_200 };
const DEFAULT_VISIBILITY = 30;

/** Waits for the next message up to `wait` seconds; `message` is null when there is none. */
export const receiveMessage = ({ queues }: QueueRouteOptions): HttpRoute => ({
  method: 'GET',
  path: MESSAGES,
  access: 'signed',
  handle: async (request) => {
    const { query } = request;
    knownParameters(query, ['wait', 'visibility']);
    const wait = wholeNumber(query, 'wait', { least: 0, most: LONGEST_WAIT }) ?? 0;
    const visibility = wholeNumber(query, 'visibility', VISIBILITY_SECONDS) ?? DEFAULT_VISIBILITY;
    const { call, account, queue } = allowedQueue(request, 'orrery:ReceiveMessage');
    const times = { waitMs: wait * 1000, hiddenForMs: visibility * 1000 };
    const received = await answering(() => queues.receive({ account, queue, ...times, caller: call }));
    return jsonAnswer({ message: received === undefined ? null : recordOf(received) });
  },
});

/** Null stands for nothing, times are ISO 8601. */
function recordOf({ message, ...received }: ReceivedMessage): object {
  return {
    messageId: received.messageId,
    receiptHandle: received.receiptHandle,
    body: message.body,
    bodyMd5: received.bodyMd5,
    tag: message.tag ?? null,
    attributes: message.attributes ?? null,
    priority: message.priority,
    sentAt: new Date(message.sentAt).toISOString(),
    firstReceivedAt: new Date(received.firstReceivedAt).toISOString(),
    visibleAt: new Date(received.visibleAt).toISOString(),
    receiveCount: received.receiveCount,
  };
}
