import type { SwfCommand } from '../commands.ts';
import { reachesEventLimit } from '../inferred.ts';
import {
  cancelActivityTask,
  completeActivityTask,
  failActivityTask,
  recordHeartbeat,
  startActivityTask,
} from './activity-task.ts';
import { childClosed, childStarted, childStartFailed } from './child-reports.ts';
import { completeDecisionTask, startDecisionTask } from './decision-task.ts';
import { applyChildPolicy, endAtEventLimit, requestCancel, signal, start, terminate } from './execution.ts';
import { cancelDelivered, cancelFailed, externalSignaled, signalFailed } from './external-reports.ts';
import { finishLambda } from './lambda.ts';
import { limitsOf, type SwfTurn, unknownExecution } from './record.ts';
import { tick } from './tick.ts';

type CommandOf<T extends SwfCommand['type']> = Extract<SwfCommand, { readonly type: T }>;

type Deciders = {
  readonly [T in SwfCommand['type']]: (turn: SwfTurn, command: CommandOf<T>) => unknown;
};

const deciders: Deciders = {
  start,
  'start-decision-task': startDecisionTask,
  'complete-decision-task': completeDecisionTask,
  'start-activity-task': startActivityTask,
  'record-heartbeat': recordHeartbeat,
  'complete-activity-task': completeActivityTask,
  'fail-activity-task': failActivityTask,
  'cancel-activity-task': cancelActivityTask,
  signal,
  'request-cancel': requestCancel,
  terminate,
  tick,
  'finish-lambda': finishLambda,
  'child-started': childStarted,
  'child-start-failed': childStartFailed,
  'child-closed': childClosed,
  'external-signaled': externalSignaled,
  'signal-failed': signalFailed,
  'cancel-delivered': cancelDelivered,
  'cancel-failed': cancelFailed,
  'apply-child-policy': applyChildPolicy,
};

/** What the kernel does by itself may come too late without anybody being at fault. */
const harmlessWhenClosed: ReadonlySet<SwfCommand['type']> = new Set<SwfCommand['type']>([
  'tick',
  'finish-lambda',
]);

export function decide(turn: SwfTurn, command: SwfCommand): unknown {
  const { state } = turn;
  if (state.close !== null) {
    if (harmlessWhenClosed.has(command.type)) return undefined;
    throw unknownExecution(turn);
  }
  const decider = deciders[command.type] as (turn: SwfTurn, command: SwfCommand) => unknown;
  const reply = decider(turn, command);
  if (turn.state.close === null && reachesEventLimit(turn.nextEventId - 1, limitsOf(state).events)) {
    endAtEventLimit(turn);
  }
  return reply;
}
