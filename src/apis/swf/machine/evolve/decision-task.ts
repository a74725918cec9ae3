import { type HistoryEvent, timeOf } from '../events.ts';
import { endsOverride, startDeadline } from '../inferred.ts';
import type { DecisionTask, SwfState } from '../state.ts';
import { durationMs } from '../values.ts';
import type { Evolvers } from './evolver.ts';

/** The task that was held back, if there is one, can be polled from now on. */
function promoteNext(state: SwfState, event: HistoryEvent): void {
  const next = state.nextDecision;
  state.decision = next;
  state.nextDecision = null;
  state.open.decisions = next === null ? 0 : 1;
  if (next !== null) next.due = startDeadline(next, timeOf(event));
}

export const decisionTaskEvolvers = {
  DecisionTaskScheduled: (state, { taskList, scheduleToStartTimeout }, event) => {
    const scheduledAt = timeOf(event);
    const task: DecisionTask = {
      scheduledEventId: event.eventId,
      scheduledAt,
      taskList: taskList.name,
      startWithin: durationMs(scheduleToStartTimeout),
      startedEventId: 0,
      due: null,
    };
    if (state.decision !== null) {
      state.nextDecision = task;
      return;
    }
    task.due = startDeadline(task, scheduledAt);
    state.decision = task;
    state.open.decisions = 1;
  },
  DecisionTaskStarted: (state, _attributes, event) => {
    if (state.decision === null) return;
    const timeout = durationMs(state.configuration.taskStartToCloseTimeout);
    state.decision.startedEventId = event.eventId;
    state.decision.due = timeout === null ? null : timeOf(event) + timeout;
  },
  DecisionTaskCompleted: (state, attributes, event) => {
    const { executionContext, startedEventId, taskList, taskListScheduleToStartTimeout } = attributes;
    state.previousStartedEventId = startedEventId;
    if (executionContext !== undefined) state.latestExecutionContext = executionContext;
    if (taskList !== undefined) {
      const scheduleToStartTimeout = taskListScheduleToStartTimeout ?? null;
      state.override = { taskList: taskList.name, scheduleToStartTimeout };
    }
    promoteNext(state, event);
  },
  DecisionTaskTimedOut: (state, _attributes, event) => {
    if (state.decision !== null && endsOverride(state, state.decision)) state.override = null;
    promoteNext(state, event);
  },
} satisfies Partial<Evolvers>;
