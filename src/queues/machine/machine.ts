import { Rejection } from '../../kernel/errors.ts';
import type { Machine, Offer, Summary, Turn } from '../../kernel/machine.ts';
import { initial, type MessageState, type Sent } from './state.ts';

export type MessageCommand =
  | { readonly type: 'send'; readonly message: Sent }
  /** Hands the message out; replies a `Received`. `again`: to another client, as the first one had left. */
  | { readonly type: 'receive'; readonly wait: number; readonly hiddenFor: number; readonly again: boolean }
  | { readonly type: 'hide'; readonly receipt: number; readonly hiddenFor: number }
  | { readonly type: 'delete'; readonly receipt: number }
  | { readonly type: 'tick' };

export type MessageEvent =
  | { readonly type: 'sent'; readonly message: Sent }
  | { readonly type: 'received'; readonly at: number; readonly visibleAt: number }
  | { readonly type: 'hidden'; readonly visibleAt: number }
  | { readonly type: 'shown'; readonly at: number }
  | { readonly type: 'ended'; readonly as: 'deleted' | 'expired'; readonly at: number };

export interface Received {
  readonly message: Sent;
  readonly receipt: number;
  readonly firstReceivedAt: number;
  readonly visibleAt: number;
}

type CommandOf<T extends MessageCommand['type']> = Extract<MessageCommand, { readonly type: T }>;
type MessageTurn = Turn<MessageState, MessageEvent, MessageCommand>;

/** How long the end of a message is remembered, so that sending it once more does not bring it back. */
const REMEMBERED_MS = 86_400_000;

/** Messages have 1 to 16, of which 1 goes first; of offers the highest does. */
const LOWEST_PRIORITY = 16;

/** Full name of a queue's tasks; `|` occurs neither in accounts nor in names of queues. */
export function taskQueue(account: string, queue: string): string {
  return `queue|${account}|${queue}`;
}

/** A message is an execution: it waits, is received for a while, and ends when it is deleted or too old. */
export const messageMachine: Machine<MessageState, MessageEvent, MessageCommand> = {
  isSeldomFollowed: true,
  initial,
  decide,
  evolve,
  summary,
  wake: ({ end, visibleAt, sent }) =>
    end !== null ? undefined : Math.min(visibleAt ?? sent.expiresAt, sent.expiresAt),
  tick: () => ({ type: 'tick' }),
  offers,
  effects: () => [],
  effectFinished: () => ({ type: 'tick' }),
  receive: () => ({ start: false, command: { type: 'tick' } }),
  bounce: () => undefined,
};

function decide(turn: MessageTurn, command: MessageCommand): Received | undefined {
  switch (command.type) {
    case 'send':
      turn.append({ type: 'sent', message: command.message });
      return undefined;
    case 'receive':
      return receive(turn, command);
    case 'hide':
      mustBeLatest(turn.state, command.receipt);
      turn.append({ type: 'hidden', visibleAt: turn.now + command.hiddenFor });
      if (command.hiddenFor === 0) turn.append({ type: 'shown', at: turn.now });
      return undefined;
    case 'delete':
      mustBeLatest(turn.state, command.receipt);
      turn.append({ type: 'ended', as: 'deleted', at: turn.now });
      return undefined;
    case 'tick':
      tick(turn);
      return undefined;
    default:
      return command satisfies never;
  }
}

function receive(turn: MessageTurn, { wait, hiddenFor, again }: CommandOf<'receive'>): Received {
  const { state, now } = turn;
  const isHere = wait === state.waits && (state.visibleAt !== null) === again;
  if (!isHere || isExpired(turn)) throw new Rejection('message-taken');
  if (!again) turn.append({ type: 'received', at: now, visibleAt: now + hiddenFor });
  const { sent: message, receipts: receipt } = turn.state;
  return {
    message,
    receipt,
    firstReceivedAt: turn.state.firstReceivedAt ?? now,
    visibleAt: turn.state.visibleAt ?? now,
  };
}

/** A later receipt makes the earlier ones worthless: somebody else works on the message now. */
function mustBeLatest({ receipts }: MessageState, receipt: number): void {
  if (receipt !== receipts) throw new Rejection('stale-receipt', 'The message has been received again since');
}

function tick(turn: MessageTurn): void {
  const { visibleAt } = turn.state;
  if (isExpired(turn)) turn.append({ type: 'ended', as: 'expired', at: turn.now });
  else if (visibleAt !== null && visibleAt <= turn.now) turn.append({ type: 'shown', at: turn.now });
}

const isExpired = ({ state, now }: MessageTurn): boolean => state.sent.expiresAt <= now;

function evolve(state: MessageState, event: MessageEvent): void {
  switch (event.type) {
    case 'sent':
      state.sent = event.message;
      if (event.message.visibleAt > event.message.sentAt) state.visibleAt = event.message.visibleAt;
      else show(state, event.message.sentAt);
      break;
    case 'received':
      state.receipts += 1;
      state.firstReceivedAt ??= event.at;
      state.visibleAt = event.visibleAt;
      break;
    case 'hidden':
      state.visibleAt = event.visibleAt;
      break;
    case 'shown':
      show(state, event.at);
      break;
    case 'ended':
      state.end = { as: event.as, at: event.at };
      break;
    default:
      event satisfies never;
  }
}

/** While it can be received; older messages go first within a priority. */
function offers({ sent, end, visibleAt, waits, waitingSince }: MessageState): readonly Offer[] {
  if (end !== null || visibleAt !== null) return [];
  const queue = taskQueue(sent.account, sent.queue);
  const priority = LOWEST_PRIORITY - sent.priority;
  return [{ key: String(waits), queue, priority, since: waitingSince }];
}

function show(state: MessageState, at: number): void {
  state.visibleAt = null;
  state.waitingSince = at;
  state.waits += 1;
}

function summary({ sent, end, visibleAt, receipts }: MessageState): Summary {
  const shown = { type: sent.queue, tags: [] };
  if (end === null) {
    const vendorStatus = visibleAt === null ? 'active' : receipts === 0 ? 'delayed' : 'inactive';
    return { status: visibleAt === null ? 'queued' : 'running', vendorStatus, ...shown };
  }
  return {
    status: end.as === 'deleted' ? 'succeeded' : 'timed-out',
    vendorStatus: end.as,
    ...shown,
    endedAt: end.at,
    expiresAt: end.at + REMEMBERED_MS,
  };
}
