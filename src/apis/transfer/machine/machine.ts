import type { Machine } from '../../../kernel/machine.ts';
import type { Command } from './commands.ts';
import { dueOf } from './current.ts';
import { decide } from './decide.ts';
import type { MachineEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { initial, type State } from './state.ts';
import { summary } from './summary.ts';
import { effects } from './work.ts';

/** A workflow's work on one uploaded file: its steps one after another, or its exception handlers once one has failed. */
export const transferMachine: Machine<State, MachineEvent, Command> = {
  initial,
  decide,
  evolve,
  summary,
  wake: dueOf,
  tick: () => ({ kind: 'tick' }),
  offers: () => [],
  effects,
  effectFinished: (key, outcome) => ({ kind: 'effect-finished', key, outcome }),
  receive: () => ({ start: false, command: { kind: 'tick' } }),
  bounce: () => undefined,
};
