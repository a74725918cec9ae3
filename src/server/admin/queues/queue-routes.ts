import type { HttpRoute } from '../../http-route.ts';
import { changeVisibility } from './change-visibility.ts';
import { deleteMessage } from './delete-message.ts';
import type { QueueRouteOptions } from './queue-access.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';

/** The durable queues, to be filled and emptied over HTTP. */
export function queueRoutes(options: QueueRouteOptions): readonly HttpRoute[] {
  return [sendMessage, receiveMessage, deleteMessage, changeVisibility].map((route) => route(options));
}
