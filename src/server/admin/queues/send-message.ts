import { HttpError, type HttpRoute, jsonAnswer } from '../../http-route.ts';
import { knownParameters } from '../parameters.ts';
import { allowedQueue, answering, MESSAGES, type QueueRouteOptions } from './queue-access.ts';

interface Given {
  readonly body: string;
  readonly tag?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly priority?: number;
  readonly delaySeconds?: number;
  readonly idempotencyKey?: string;
}

/** The kind of each member. */
const MEMBERS: Readonly<Record<keyof Given, 'string' | 'number' | 'object'>> = {
  body: 'string',
  tag: 'string',
  attributes: 'object',
  priority: 'number',
  delaySeconds: 'number',
  idempotencyKey: 'string',
};

/** Puts a message into a queue; one key is one message, however often it is sent. */
export const sendMessage = ({ queues, newId }: QueueRouteOptions): HttpRoute => ({
  method: 'POST',
  path: MESSAGES,
  access: 'signed',
  handle: async (request) => {
    knownParameters(request.query, []);
    const { account, queue } = allowedQueue(request, 'orrery:SendMessage');
    const { idempotencyKey = newId(), ...message } = readMessage(request.body.toString());
    const idempotency = `own-api|${idempotencyKey}`;
    return jsonAnswer(await answering(() => queues.send({ account, queue, ...message, idempotency })), 201);
  },
});

function readMessage(text: string): Given {
  const given = parseObject(text);
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof Given] : undefined;
    if (kind === undefined)
      throw badBody(`has no member ${name}; known are ${Object.keys(MEMBERS).join(', ')}`);
    if (typeof value !== kind || value === null || Array.isArray(value))
      throw badBody(`must have a ${kind} as its member ${name}`);
  }
  if (!Object.hasOwn(given, 'body')) throw badBody('must have a member body');
  return given as unknown as Given;
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Answered like everything else that is no object.
  }
  throw badBody('must be a JSON object');
}

const badBody = (wanted: string): HttpError => new HttpError(400, 'bad-body', `The message ${wanted}`);
