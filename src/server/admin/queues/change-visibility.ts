import { type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { badParameter, knownParameters, wholeNumber } from '../parameters.ts';
import { allowedQueue, answering, MESSAGE, type QueueRouteOptions } from './queue-access.ts';
import { VISIBILITY_SECONDS } from './receive-message.ts';

/** Nobody else receives the message for `visibility` seconds from now; 0 gives it back at once. */
export const changeVisibility = ({ queues }: QueueRouteOptions): HttpRoute => ({
  method: 'PUT',
  path: MESSAGE,
  access: 'signed',
  handle: async (request) => {
    knownParameters(request.query, ['visibility']);
    const seconds = wholeNumber(request.query, 'visibility', VISIBILITY_SECONDS);
    if (seconds === undefined) throw badParameter('visibility', 'given');
    const { account, queue } = allowedQueue(request, 'orrery:ChangeMessageVisibility');
    const { receipt: receiptHandle = '' } = request.params;
    await answering(() => queues.hide({ account, queue, receiptHandle }, seconds * 1000));
    return jsonAnswer({});
  },
});
