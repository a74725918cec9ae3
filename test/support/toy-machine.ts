import { Rejection } from '../../src/kernel/errors.ts';
import type {
  Address,
  EffectOutcome,
  EffectRequest,
  Identity,
  Machine,
  Offer,
  Turn,
  Undelivered,
} from '../../src/kernel/machine.ts';

/** What a toy execution can be told: small, but with everything that a real machine does. */
export type ToyCommand =
  | { readonly type: 'start'; readonly total?: number; readonly from?: Identity }
  | { readonly type: 'add'; readonly amount: number; readonly times?: number }
  | { readonly type: 'remark'; readonly text: string }
  | { readonly type: 'offer'; readonly queue: string; readonly priority?: number; readonly since?: number }
  | { readonly type: 'claim'; readonly key: string; readonly again: boolean }
  | { readonly type: 'withdraw'; readonly key: string }
  | { readonly type: 'remind'; readonly after: number }
  | { readonly type: 'tick' }
  | { readonly type: 'work'; readonly kind: string; readonly input: unknown }
  | { readonly type: 'worked'; readonly key: string; readonly outcome: EffectOutcome }
  | { readonly type: 'give-up'; readonly key: string }
  | { readonly type: 'tell'; readonly to: Address; readonly body: ToyMessage }
  | { readonly type: 'hear'; readonly from: Identity; readonly text: string }
  | { readonly type: 'bounced'; readonly text: string; readonly why: Undelivered }
  | { readonly type: 'close'; readonly keepFor?: number }
  | { readonly type: 'renew'; readonly successor: ToyCommand }
  | { readonly type: 'nothing' }
  | { readonly type: 'fail'; readonly after: number; readonly how: 'bug' | 'rejection' };

export type ToyMessage =
  | { readonly text: string; readonly start?: boolean }
  | { readonly bounced: string; readonly why: Undelivered };

export type ToyEvent =
  | { readonly type: 'started'; readonly total: number; readonly from?: string; readonly at: number }
  | { readonly type: 'added'; readonly amount: number }
  | { readonly type: 'remarked'; readonly text: string }
  | { readonly type: 'offered'; readonly queue: string; readonly priority: number; readonly since: number }
  | { readonly type: 'claimed'; readonly key: string }
  | { readonly type: 'withdrawn'; readonly key: string }
  | { readonly type: 'reminder-set'; readonly due: number }
  | { readonly type: 'reminded'; readonly reminder: number; readonly at: number }
  | { readonly type: 'work-asked'; readonly kind: string; readonly input: unknown }
  | { readonly type: 'work-ended'; readonly key: string; readonly outcome: EffectOutcome | null }
  | { readonly type: 'told'; readonly text: string }
  | { readonly type: 'heard'; readonly from: string; readonly text: string }
  | { readonly type: 'bounced'; readonly text: string; readonly why: Undelivered }
  | { readonly type: 'closed'; readonly at: number; readonly expiresAt?: number };

/** All of it survives JSON. */
export interface ToyState {
  total: number;
  from: string;
  remarks: string[];
  tasks: Record<string, { queue: string; priority: number; since: number; claimed: boolean }>;
  reminders: Record<string, number>;
  reminded: number[];
  work: Record<string, { kind: string; input: unknown }>;
  outcomes: Record<string, EffectOutcome | null>;
  heard: string[];
  bounced: string[];
  closedAt: number;
  expiresAt: number;
}

type ToyTurn = Turn<ToyState, ToyEvent, ToyCommand>;

export const toyMachine: Machine<ToyState, ToyEvent, ToyCommand> = {
  initial: () => ({
    total: 0,
    from: '',
    remarks: [],
    tasks: {},
    reminders: {},
    reminded: [],
    work: {},
    outcomes: {},
    heard: [],
    bounced: [],
    closedAt: 0,
    expiresAt: 0,
  }),
  decide,
  evolve,
  summary: (state) => ({
    status: state.closedAt === 0 ? 'running' : 'succeeded',
    vendorStatus: state.closedAt === 0 ? 'OPEN' : 'DONE',
    type: 'toy',
    tags: [],
    ...(state.closedAt > 0 && { endedAt: state.closedAt }),
    ...(state.expiresAt > 0 && { expiresAt: state.expiresAt }),
  }),
  wake: (state) => {
    const due = Object.values(state.reminders);
    return due.length === 0 ? undefined : Math.min(...due);
  },
  tick: () => ({ type: 'tick' }),
  offers: (state): Offer[] =>
    Object.entries(state.tasks)
      .filter(([, { claimed }]) => !claimed)
      .map(([key, { queue, priority, since }]) => ({ key, queue, priority, since })),
  *effects(state): Iterable<EffectRequest> {
    for (const [key, { kind, input }] of Object.entries(state.work)) yield { key, kind, input };
  },
  effectFinished: (key, outcome) => ({ type: 'worked', key, outcome }),
  receive: (body, from) => {
    const message = body as ToyMessage;
    if ('bounced' in message) {
      return { start: false, command: { type: 'bounced', text: message.bounced, why: message.why } };
    }
    if (message.start === true) return { start: true, command: { type: 'start', from } };
    return { start: false, command: { type: 'hear', from, text: message.text } };
  },
  bounce: (body, why) => {
    const message = body as ToyMessage;
    return 'bounced' in message ? undefined : { bounced: message.text, why };
  },
};

function decide(turn: ToyTurn, command: ToyCommand): unknown {
  switch (command.type) {
    case 'start':
      return begin(turn, command);
    case 'add':
      return add(turn, command);
    case 'remark':
      return turn.note({ type: 'remarked', text: command.text });
    case 'offer':
      return offer(turn, command);
    case 'claim':
      return claim(turn, command);
    case 'withdraw':
      return turn.append({ type: 'withdrawn', key: command.key });
    case 'remind':
      return turn.append({ type: 'reminder-set', due: turn.now + command.after });
    case 'tick':
      return tick(turn);
    case 'work':
      return `e${turn.append({ type: 'work-asked', kind: command.kind, input: command.input })}`;
    case 'worked':
      return endWork(turn, command.key, command.outcome);
    case 'give-up':
      return endWork(turn, command.key, null);
    case 'tell':
      return tell(turn, command);
    case 'hear':
      return hear(turn, command);
    case 'bounced':
      return turn.append({ type: 'bounced', text: command.text, why: command.why });
    case 'close':
      return close(turn, command.keepFor);
    case 'renew':
      close(turn, undefined);
      return turn.succeed(command.successor);
    case 'nothing':
      return 'nothing';
    case 'fail':
      return fail(turn, command);
    default:
      command satisfies never;
  }
}

function begin(turn: ToyTurn, { total = 0, from }: Extract<ToyCommand, { type: 'start' }>): number {
  if (total < 0) throw new Rejection('negative');
  return turn.append({ type: 'started', total, at: turn.now, ...(from && { from: from.name }) });
}

function add(turn: ToyTurn, { amount, times = 1 }: Extract<ToyCommand, { type: 'add' }>): number {
  if (amount === 0) throw new Rejection('nothing-to-add');
  for (let i = 0; i < times; i++) turn.append({ type: 'added', amount });
  return turn.state.total;
}

function offer(turn: ToyTurn, command: Extract<ToyCommand, { type: 'offer' }>): string {
  const { queue, priority = 0, since = turn.now } = command;
  return `t${turn.append({ type: 'offered', queue, priority, since })}`;
}

function claim(turn: ToyTurn, { key, again }: Extract<ToyCommand, { type: 'claim' }>): unknown {
  const task = turn.state.tasks[key];
  if (task === undefined || task.claimed !== again) throw new Rejection('no-such-task');
  if (!again) turn.append({ type: 'claimed', key });
  return { key, name: turn.identity.name, again };
}

function tick(turn: ToyTurn): void {
  for (const [reminder, due] of Object.entries(turn.state.reminders)) {
    if (due <= turn.now) turn.append({ type: 'reminded', reminder: Number(reminder), at: turn.now });
  }
}

function endWork(turn: ToyTurn, key: string, outcome: EffectOutcome | null): void {
  if (turn.state.work[key] === undefined) throw new Rejection('no-such-work');
  turn.append({ type: 'work-ended', key, outcome });
}

function tell(turn: ToyTurn, { to, body }: Extract<ToyCommand, { type: 'tell' }>): void {
  turn.append({ type: 'told', text: 'text' in body ? body.text : '' });
  turn.send({ to, body });
}

function hear(turn: ToyTurn, { from, text }: Extract<ToyCommand, { type: 'hear' }>): void {
  if (text === 'unwelcome') throw new Rejection('unwelcome');
  turn.append({ type: 'heard', from: from.name, text });
}

function close(turn: ToyTurn, keepFor: number | undefined): number {
  const expires = keepFor === undefined ? {} : { expiresAt: turn.now + keepFor };
  return turn.append({ type: 'closed', at: turn.now, ...expires });
}

function fail(turn: ToyTurn, { after, how }: Extract<ToyCommand, { type: 'fail' }>): never {
  for (let i = 0; i < after; i++) turn.append({ type: 'added', amount: 1000 });
  throw how === 'bug' ? new TypeError('a bug in the toy') : new Rejection('too-late');
}

function evolve(state: ToyState, event: ToyEvent, id: number): void {
  switch (event.type) {
    case 'started':
      state.total = event.total;
      state.from = event.from ?? '';
      break;
    case 'added':
      state.total += event.amount;
      break;
    case 'remarked':
      // Shows where among the events it came.
      state.remarks.push(`${event.text} at ${state.total + state.heard.length}`);
      break;
    case 'offered': {
      const { queue, priority, since } = event;
      state.tasks[`t${id}`] = { queue, priority, since, claimed: false };
      break;
    }
    case 'claimed':
      if (state.tasks[event.key] !== undefined)
        Object.assign(state.tasks[event.key] ?? {}, { claimed: true });
      break;
    case 'withdrawn':
      delete state.tasks[event.key];
      break;
    case 'reminder-set':
      state.reminders[id] = event.due;
      break;
    case 'reminded':
      delete state.reminders[event.reminder];
      state.reminded.push(event.at);
      break;
    case 'work-asked':
      state.work[`e${id}`] = { kind: event.kind, input: event.input };
      break;
    case 'work-ended':
      delete state.work[event.key];
      state.outcomes[event.key] = event.outcome;
      break;
    case 'told':
      break;
    case 'heard':
      state.heard.push(`${event.from}: ${event.text}`);
      break;
    case 'bounced':
      state.bounced.push(`${event.text}: ${event.why}`);
      break;
    case 'closed':
      state.closedAt = event.at;
      state.expiresAt = event.expiresAt ?? 0;
      break;
    default:
      event satisfies never;
  }
}
