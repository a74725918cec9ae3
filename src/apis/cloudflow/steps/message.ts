import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { onceAvailable } from '../../../kernel/once-available.ts';
import type { SendMessage, SentMessage } from '../../../queues/message-queues.ts';
import type { NewMessage } from '../../../queues/new-message.ts';
import type { Json, JsonObject } from '../language/json.ts';
import type { MessageCall } from '../machine/effects.ts';
import { messageErrorName, messageResult } from './inferred.ts';
import { WHOLE_TASK_MS } from './lease.ts';

/** `acs:mns:::/queues/<name>/messages` and the same for topics; region and account are this service's own. */
const DESTINATION = /^acs:mns:[^:]*:[^:]*:\/(queues|topics)\/([^/]+)\/messages$/;

export interface MessageStepOptions {
  readonly sendMessage: SendMessage;
  readonly clock: Clock;
  /** Queues that get what is published to a topic; a topic that is not listed has a queue of its own name. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  /** The account whose queues the executions of a scope use. */
  readonly accountOf: (scope: string) => string;
}

/** Sends a message to the durable queues; its outcome is `{ MessageId, RequestId, MessageBodyMD5 }`. */
export function messageStep(options: MessageStepOptions): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input }, { execution, signal }): Promise<JsonObject> => {
      const call = input as MessageCall;
      const message = messageOf(call, options.accountOf(execution.scope));
      const queues = queuesOf(call.resource, options.topics);
      return onceAvailable(options.clock, signal, () => sendToAll(options, message, queues));
    },
  };
}

/** Sending again what some of the queues have already gives them nothing new. */
async function sendToAll(
  { sendMessage }: MessageStepOptions,
  message: Omit<NewMessage, 'queue'>,
  queues: readonly string[],
): Promise<JsonObject> {
  try {
    const sent = await Promise.all(queues.map((queue) => sendMessage({ ...message, queue })));
    return messageResult(sent[0] as SentMessage);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const code = error.reason === 'too-many-messages' ? 'TooManyMessages' : 'InvalidArgument';
    throw failure(code, error.message);
  }
}

function queuesOf(resource: string, topics: MessageStepOptions['topics']): readonly string[] {
  const [, kind, name] = DESTINATION.exec(resource) ?? [];
  if (kind === undefined || name === undefined)
    throw failure(
      'InvalidArgument',
      `Not the ARN of a queue's or topic's messages: ${resource.slice(0, 200)}`,
    );
  const subscribed = kind === 'topics' && Object.hasOwn(topics, name) ? topics[name] : undefined;
  return subscribed ?? [name];
}

/** Both languages name the parameters differently, and both allow text where a number is meant. */
function messageOf({ parameters, idempotency }: MessageCall, account: string): Omit<NewMessage, 'queue'> {
  const { messageTag, messageAttributes } = parameters;
  return {
    account,
    idempotency,
    body: textOf(parameters.messageBody ?? parameters.message),
    tag: messageTag === undefined || messageTag === null ? undefined : textOf(messageTag),
    attributes: attributesOf(messageAttributes),
    priority: numberOf('priority', parameters.priority),
    delaySeconds: numberOf('delaySeconds', parameters.delaySeconds),
  };
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function attributesOf(value: Json | undefined): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw failure('InvalidArgument', 'messageAttributes must be an object');
}

function numberOf(name: string, value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw failure('InvalidArgument', `${name} must be a whole number`);
}

function failure(code: string, message: string): Rejection {
  return new Rejection(messageErrorName(code), message, message);
}
