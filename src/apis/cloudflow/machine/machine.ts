import type { Machine } from '../../../kernel/machine.ts';
import type { Command } from './commands.ts';
import { decide } from './decide/decide.ts';
import type { Installation } from './decide/run.ts';
import { eventText } from './event-text.ts';
import { evolve } from './evolve/evolve.ts';
import { receive } from './messages.ts';
import type { MachineEvent } from './notes.ts';
import { effects } from './open-effects.ts';
import { initial, type State } from './state.ts';
import { summary } from './summary.ts';
import { wake } from './wake.ts';

/** How executions of flows behave. */
export function cloudflowMachine(installation: Installation): Machine<State, MachineEvent, Command> {
  return {
    isSeldomFollowed: true,
    initial,
    decide: (turn, command) => decide(installation, turn, command),
    text: eventText,
    evolve,
    summary,
    wake,
    tick: () => ({ kind: 'tick' }),
    offers: () => [],
    effects,
    effectFinished: (key, outcome) => ({ kind: 'effect-finished', key, outcome }),
    receive,
    bounce: () => undefined,
  };
}
