import type { Machine } from '../../../kernel/machine.ts';
import type { SwfCommand } from './commands.ts';
import { decide } from './decide/decide.ts';
import type { SwfEvent } from './events.ts';
import { evolve } from './evolve/evolve.ts';
import { bounce, receive } from './messages.ts';
import { effects, offers, scheduledEventOf } from './offers.ts';
import { initial, type SwfState } from './state.ts';
import { summary } from './summary.ts';
import { wake } from './wake.ts';

/** How SWF executions behave. */
export const swfMachine: Machine<SwfState, SwfEvent, SwfCommand> = {
  initial,
  decide,
  evolve,
  summary,
  wake,
  tick: () => ({ type: 'tick' }),
  offers,
  effects,
  effectFinished: (key, outcome) => ({
    type: 'finish-lambda',
    scheduledEventId: scheduledEventOf(key),
    outcome,
  }),
  receive,
  bounce,
};
