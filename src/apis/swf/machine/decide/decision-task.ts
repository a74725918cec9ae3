import { Rejection } from '../../../../kernel/errors.ts';
import type { CompleteDecisionTask, StartDecisionTask, StartedDecisionTask } from '../commands.ts';
import { neverStarted } from '../inferred.ts';
import { noTypes } from '../types.ts';
import { applyDecision } from './apply-decision.ts';
import type { Batch } from './batch.ts';
import { record, requestDecision, type SwfTurn } from './record.ts';

function unknownTask(scheduledEventId: number): Rejection {
  return new Rejection(
    'unknown-decision-task',
    `Unknown decision task, scheduledEventId = ${scheduledEventId}`,
  );
}

export function startDecisionTask(turn: SwfTurn, command: StartDecisionTask): StartedDecisionTask {
  const { state, identity } = turn;
  const { scheduledEventId } = command;
  const task = state.decision;
  const isAgain = command.again === true;
  if (task?.scheduledEventId !== scheduledEventId || (task.startedEventId !== 0) !== isAgain) {
    throw unknownTask(scheduledEventId);
  }
  const startedEventId = isAgain
    ? task.startedEventId
    : record(turn, 'DecisionTaskStarted', { identity: command.identity, scheduledEventId });
  return {
    workflowId: identity.name,
    runId: identity.id,
    workflowType: state.workflowType,
    scheduledEventId,
    startedEventId,
    previousStartedEventId: state.previousStartedEventId,
  };
}

/** All decisions become events of one time; one decision task follows if any of them failed. */
export function completeDecisionTask(turn: SwfTurn, command: CompleteDecisionTask): void {
  const { scheduledEventId, startedEventId, decisions, denied, tooFast } = command;
  const task = turn.state.decision;
  if (
    task?.startedEventId !== startedEventId ||
    task.scheduledEventId !== scheduledEventId ||
    !startedEventId
  ) {
    throw unknownTask(scheduledEventId);
  }
  const completedId = record(turn, 'DecisionTaskCompleted', {
    executionContext: command.executionContext,
    scheduledEventId,
    startedEventId,
    taskList: command.taskList,
    taskListScheduleToStartTimeout: command.taskListScheduleToStartTimeout,
  });
  const types = command.types ?? noTypes;
  const startable = types.openExecutionsQuota;
  const batch: Batch = { turn, completedId, types, failed: false, startable, tooFast: undefined };
  for (const [index, decision] of decisions.entries()) {
    batch.tooFast = tooFast?.[index];
    applyDecision(batch, decision, denied?.[index]);
  }
  if (batch.failed) requestDecision(turn);
}

export function timeOutDecisionTask(turn: SwfTurn): void {
  const task = turn.state.decision;
  if (task === null) return;
  const { scheduledEventId, startedEventId } = task;
  record(turn, 'DecisionTaskTimedOut', {
    timeoutType: startedEventId === 0 ? 'SCHEDULE_TO_START' : 'START_TO_CLOSE',
    scheduledEventId,
    startedEventId: startedEventId === 0 ? neverStarted : startedEventId,
  });
  requestDecision(turn);
}
