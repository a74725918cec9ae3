import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters } from '../parameters.ts';
import { allowedQueue, answering, MESSAGE, type QueueRouteOptions } from './queue-access.ts';

/** Ends a message by the handle of its latest receipt. */
export const deleteMessage = ({ queues }: QueueRouteOptions): HttpRoute => ({
  method: 'DELETE',
  path: MESSAGE,
  access: 'signed',
  handle: async (request) => {
    knownParameters(request.query, []);
    const { account, queue } = allowedQueue(request, 'orrery:DeleteMessage');
    const { receipt: receiptHandle = '' } = request.params;
    await answering(() => queues.remove({ account, queue, receiptHandle }));
    return jsonAnswer({});
  },
});
