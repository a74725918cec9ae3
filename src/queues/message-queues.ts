import { createHash } from 'node:crypto';
import { AlreadyOpen, NoSuchExecution, Rejection } from '../kernel/errors.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { KernelApi } from '../kernel/kernel-options.ts';
import type { Address } from '../kernel/machine.ts';
import type { Caller } from '../kernel/polls.ts';
import { type MessageCommand, messageMachine, type Received, taskQueue } from './machine/machine.ts';
import type { MessageState, Sent } from './machine/state.ts';
import { checkMessage, mustBeQueueName, type NewMessage } from './new-message.ts';

const API = 'queue';
const ID_CHARACTERS = 32;
const DEFAULT_PRIORITY = 8;

export interface SentMessage {
  readonly messageId: string;
  /** MD5 of the body in upper-case hexadecimal. */
  readonly bodyMd5: string;
}

/** Resolves once the message is durable; throws a `Rejection` for one that cannot be sent. */
export type SendMessage = (message: NewMessage) => Promise<SentMessage>;

/** Times are epoch milliseconds. */
export interface ReceivedMessage extends SentMessage {
  readonly message: Sent;
  /** What deleting and hiding ask for; good until the message is received again. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  readonly visibleAt: number;
}

export interface Receiving {
  readonly account: string;
  readonly queue: string;
  readonly waitMs: number;
  /** How long nobody else receives it. */
  readonly hiddenForMs: number;
  readonly caller: Caller;
}

export interface Receipt {
  readonly account: string;
  readonly queue: string;
  readonly receiptHandle: string;
}

/** Durable queues: each message is received at least once, until it is deleted or too old. */
export interface MessageQueues {
  readonly send: SendMessage;
  /** Waits for the next message; undefined when the time is up. */
  readonly receive: (wish: Receiving) => Promise<ReceivedMessage | undefined>;
  /** Both throw `unknown-message`, or `stale-receipt` when it has been received again. */
  readonly remove: (receipt: Receipt) => Promise<void>;
  readonly hide: (receipt: Receipt, milliseconds: number) => Promise<void>;
}

export interface QueueOptions {
  readonly kernel: Kernel;
  readonly now: () => number;
  /** Every setting under `limits:` by its name. */
  readonly limits: Readonly<Record<string, number>>;
}

/** What the kernel needs to keep messages. */
export const queueKernelApi: KernelApi = { name: API, machine: messageMachine, effects: {} };

export function createMessageQueues(options: QueueOptions): MessageQueues {
  const { kernel } = options;
  const change = async (receipt: Receipt, commandOf: (count: number) => MessageCommand): Promise<void> => {
    const { address, count } = readReceipt(receipt);
    applyIn(kernel, { address, queue: receipt.queue }, commandOf(count));
    await kernel.durable();
  };
  return {
    send: (message) => send(options, message),
    receive: (wish) => receive(options, wish),
    remove: (receipt) => change(receipt, (count) => ({ type: 'delete', receipt: count })),
    hide: (receipt, hiddenFor) => change(receipt, (count) => ({ type: 'hide', receipt: count, hiddenFor })),
  };
}

async function send({ kernel, now, limits }: QueueOptions, message: NewMessage): Promise<SentMessage> {
  checkMessage(message, limits['queues.messageBytes'] ?? 0);
  const target = addressOf(message.account, messageIdOf(message));
  const sent = { messageId: target.name, bodyMd5: md5(message.body) };
  if (!kernel.isOpen(target) && !(await hasEnded(kernel, target, now()))) {
    const most = limits['queues.messages'] ?? 0;
    if (most > 0 && kernel.countOpen(API, target.scope) >= most)
      throw new Rejection('too-many-messages', `There are ${most} messages already`);
    start(kernel, target, sentAt(message, now(), limits['queues.messageSeconds'] ?? 0));
  }
  await kernel.durable();
  return sent;
}

function sentAt(message: NewMessage, now: number, keptSeconds: number): Sent {
  const { account, queue, body, tag, attributes, priority = DEFAULT_PRIORITY, delaySeconds = 0 } = message;
  const visibleAt = now + delaySeconds * 1000;
  // A message that is kept for a shorter time than it is held back would never be seen.
  const expiresAt = keptSeconds === 0 ? Number.MAX_SAFE_INTEGER : visibleAt + keptSeconds * 1000;
  return { account, queue, body, tag, attributes, priority, sentAt: now, visibleAt, expiresAt };
}

function start(kernel: Kernel, target: Address, message: Sent): void {
  try {
    kernel.start(target, { type: 'send', message } satisfies MessageCommand);
  } catch (error) {
    // The same message was sent while its ended twin was looked for.
    if (!(error instanceof AlreadyOpen)) throw error;
  }
}

async function hasEnded(kernel: Kernel, { api, scope, name }: Address, now: number): Promise<boolean> {
  const query = { api, scope, name, now, timeOf: 'started', order: 'newest', limit: 1 } as const;
  return (await kernel.listClosed(query)).length > 0;
}

async function receive(
  { kernel, limits }: QueueOptions,
  wish: Receiving,
): Promise<ReceivedMessage | undefined> {
  mustBeQueueName(wish.queue);
  const handOut = await kernel.poll({
    queue: taskQueue(wish.account, wish.queue),
    claim: (key, again): MessageCommand => ({
      type: 'receive',
      wait: Number(key),
      hiddenFor: wish.hiddenForMs,
      again,
    }),
    timeoutMs: wish.waitMs,
    most: limits['queues.pollers'] || Number.MAX_SAFE_INTEGER,
    caller: wish.caller,
  });
  if (handOut === undefined) return undefined;
  const { message, receipt, firstReceivedAt, visibleAt } = handOut.reply as Received;
  const messageId = handOut.execution.identity.name;
  return {
    messageId,
    bodyMd5: md5(message.body),
    message,
    receiptHandle: `${messageId}-${receipt}`,
    receiveCount: receipt,
    firstReceivedAt,
    visibleAt,
  };
}

function readReceipt({ account, receiptHandle }: Receipt): {
  readonly address: Address;
  readonly count: number;
} {
  const [, messageId, count] = /^([0-9A-F]{32})-(\d{1,9})$/.exec(receiptHandle) ?? [];
  if (messageId === undefined) throw unknownMessage();
  return { address: addressOf(account, messageId), count: Number(count) };
}

function applyIn(
  kernel: Kernel,
  { address, queue }: { readonly address: Address; readonly queue: string },
  command: MessageCommand,
): void {
  try {
    const { sent } = kernel.findOpen(address).state as MessageState;
    if (sent.queue !== queue) throw unknownMessage();
    kernel.apply(address, command);
  } catch (error) {
    throw error instanceof NoSuchExecution ? unknownMessage() : error;
  }
}

const unknownMessage = (): Rejection => new Rejection('unknown-message', 'There is no such message any more');

const addressOf = (account: string, messageId: string): Address => ({
  api: API,
  scope: account,
  name: messageId,
});

/** The same for the same key, so that a message that is sent again is found. */
function messageIdOf({ queue, idempotency }: NewMessage): string {
  const digest = createHash('sha256').update(`${queue}|${idempotency}`).digest('hex');
  return digest.slice(0, ID_CHARACTERS).toUpperCase();
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();
