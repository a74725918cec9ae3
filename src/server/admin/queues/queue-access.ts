import type { Call } from '../../../apis/api.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { MessageQueues } from '../../../queues/message-queues.ts';
import { HttpError, type HttpRequest } from '../../http-route.ts';
import { callerOf, mayDo, type OwnAction, refusal } from '../access.ts';

export interface QueueRouteOptions {
  readonly queues: MessageQueues;
  readonly newId: () => string;
}

export const MESSAGES = '/api/v1/queues/:queue/messages';
export const MESSAGE = `${MESSAGES}/:receipt`;

/** The caller and the queue that the path names; throws 403. */
export function allowedQueue(
  request: HttpRequest,
  action: OwnAction,
): { readonly call: Call; readonly account: string; readonly queue: string } {
  const call = callerOf(request);
  const { queue = '' } = request.params;
  const { account } = call;
  const resource = `arn:orrery:queues::${account}:queue/${queue}`;
  if (!mayDo(call, action, resource)) throw refusal(action, resource);
  return { call, account, queue };
}

/** Statuses of what the queues refuse; others are 400. */
const STATUSES: Readonly<Record<string, number>> = {
  'unknown-message': 404,
  'stale-receipt': 409,
  'too-many-messages': 429,
  'too-many-pollers': 429,
};

/** Runs what asks the queues, and turns their refusals into answers. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new HttpError(STATUSES[error.reason] ?? 400, error.reason, error.message);
  }
}
