import { Rejection } from '../../../../kernel/errors.ts';
import type { Plan } from '../../language/plan.ts';
import { planOf } from '../../language/plan-cache.ts';
import type { Command } from '../commands.ts';
import { ExecutionFailure } from '../failure.ts';
import { advance } from './advance.ts';
import { finishEffect } from './effect.ts';
import { endFailed, endStopped } from './end.ts';
import { abandon, follow } from './follow.ts';
import { legacy } from './legacy/dialect.ts';
import { updateMapRun } from './map-run.ts';
import { randomFrom } from './random.ts';
import { childEnded, report, taskAlreadyCompleted } from './report.ts';
import type { CloudflowTurn, Dialect, Installation, Run } from './run.ts';
import { start } from './start.ts';
import { stateMachine } from './state-machine/dialect.ts';
import { tick } from './tick.ts';
import { endWoundDown, windDown } from './wind-down.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

type Deciders = {
  readonly [K in Command['kind']]: (run: Run, command: CommandOf<K>) => unknown;
};

const deciders: Deciders = {
  start,
  stop: endStopped,
  'wind-down': windDown,
  follow,
  abandon,
  report,
  'child-ended': childEnded,
  'update-map-run': updateMapRun,
  'effect-finished': (run, { key, outcome }) => finishEffect(run, key, outcome),
  tick,
};

const dialects: Readonly<Record<Plan['language'], Dialect>> = { legacy, 'state-machine': stateMachine };

/** Applies a command and goes on until everything that runs waits for something. */
export function decide(installation: Installation, turn: CloudflowTurn, command: Command): unknown {
  if (turn.state.status !== 'Running') return tooLate(turn, command);
  const run = beginRun(installation, turn, command);
  const decider = deciders[command.kind] as (run: Run, command: Command) => unknown;
  try {
    const reply = decider(run, command);
    advance(run);
    endWoundDown(run);
    return reply;
  } catch (thrown) {
    if (!(thrown instanceof ExecutionFailure)) throw thrown;
    endFailed(run, thrown.failure);
    return turn.nextEventId - 1;
  }
}

function beginRun(installation: Installation, turn: CloudflowTurn, command: Command): Run {
  const { state, identity } = turn;
  const { definition, flow } = command.kind === 'start' ? command : state;
  const plan = planOf(definition);
  const random = randomFrom(`${identity.id}#${turn.nextEventId}`);
  return { turn, state, flow, plan, dialect: dialects[plan.language], installation, random };
}

/** What comes of the kernel's own accord, or from other executions, may come too late without anybody being at fault. */
function tooLate({ state }: CloudflowTurn, command: Command): undefined {
  switch (command.kind) {
    case 'report':
      throw taskAlreadyCompleted(command.taskEventId);
    case 'update-map-run':
      throw new Rejection('MapRunNotExists', `Map run '${command.mapRun}' does not exist.`);
    case 'stop':
    case 'start':
      throw new Rejection('ExecutionAlreadyCompleted', `The execution has ended: ${state.status}.`);
    default:
      return undefined;
  }
}
