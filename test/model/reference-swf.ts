import {
  type Decision,
  type DecisionAttributes,
  type DecisionType,
  decisionKey,
} from '../../src/apis/swf/machine/decisions.ts';
import { ReferenceRun } from './reference-run.ts';

/** Milliseconds of a duration on the wire. */
const ms = (text: string | undefined): number =>
  text === undefined || text === 'NONE' ? Number.POSITIVE_INFINITY : Number(text) * 1000;

type Apply<T extends DecisionType> = (
  run: ReferenceRun,
  given: DecisionAttributes[T],
  completed: number,
) => boolean;

/** The event of each decision that ends an execution, the close status, and the event when it may not. */
const endings: Partial<Record<DecisionType, readonly [status: string, event: string]>> = {
  CompleteWorkflowExecution: ['COMPLETED', 'WorkflowExecutionCompleted'],
  FailWorkflowExecution: ['FAILED', 'WorkflowExecutionFailed'],
  CancelWorkflowExecution: ['CANCELED', 'WorkflowExecutionCanceled'],
  ContinueAsNewWorkflowExecution: ['CONTINUED_AS_NEW', 'WorkflowExecutionContinuedAsNew'],
};

/** Executions of one domain, as the reference describes them. Every type has these settings. */
export class ReferenceSwf {
  now: number;
  readonly runs: ReferenceRun[] = [];
  readonly #lifetime: number;
  readonly #messages: (() => void)[] = [];

  constructor(now: number, lifetime: number) {
    this.now = now;
    this.#lifetime = lifetime;
  }

  open(workflowId: string): ReferenceRun | undefined {
    return this.runs.find((run) => run.workflowId === workflowId && run.isOpen);
  }

  /** False when it is open already. */
  start(workflowId: string, childPolicy: string): boolean {
    if (this.open(workflowId) !== undefined) return false;
    this.runs.push(new ReferenceRun(workflowId, { childPolicy, endsAt: this.now + this.#lifetime }));
    return true;
  }

  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (const run of this.runs) {
      for (let due = run.soonest(end); due !== undefined; due = run.soonest(end)) {
        this.now = Math.max(this.now, due.at);
        due.happen();
      }
      if (run.status === 'TIMED_OUT') this.#closed(run);
    }
    this.now = end;
    this.#deliver();
  }

  terminate(run: ReferenceRun): void {
    run.close('TERMINATED', 'WorkflowExecutionTerminated(OPERATOR_INITIATED)');
    this.#closed(run);
    this.#deliver();
  }

  respond(run: ReferenceRun, decisions: readonly Decision[]): void {
    const { decision, next } = run;
    if (decision === undefined) return;
    const completed = run.record(`DTC(s${decision.scheduled},st${decision.started})`);
    run.endDecision();
    let isUnhandled = next !== undefined;
    let hasFailed = false;
    for (const each of decisions) {
      const ok = this.#apply(run, each, { completed, isUnhandled });
      isUnhandled ||= !ok;
      hasFailed ||= !ok;
    }
    if (run.isOpen && hasFailed) run.wantDecision();
    this.advance(0);
  }

  #apply(run: ReferenceRun, decision: Decision, batch: { completed: number; isUnhandled: boolean }): boolean {
    const type = decision.decisionType;
    const given = (decision[decisionKey(type)] ?? {}) as never;
    const ending = endings[type];
    if (ending === undefined) return this.#changes[type]?.(run, given, batch.completed) ?? true;
    const [status, event] = ending;
    if (batch.isUnhandled) {
      run.record(`${type}Failed(d${batch.completed},UNHANDLED_DECISION)`);
      return false;
    }
    const isContinued = status === 'CONTINUED_AS_NEW';
    run.close(status, `${event}(d${batch.completed}${isContinued ? ',then #' : ''})`);
    if (isContinued) this.#continue(run);
    this.#closed(run);
    return true;
  }

  #continue({ workflowId, parent }: ReferenceRun): void {
    const settings = { childPolicy: 'TERMINATE', endsAt: Number.POSITIVE_INFINITY, after: true };
    const next = new ReferenceRun(workflowId, parent === undefined ? settings : { ...settings, parent });
    const child = parent?.run.children.get(parent.initiated);
    if (child !== undefined) child.run = next;
    this.runs.push(next);
  }

  readonly #changes: { [T in DecisionType]?: Apply<T> } = {
    ScheduleActivityTask: (run, given, completed) => {
      if (run.activities.has(given.activityId)) {
        run.record(`ScheduleActivityTaskFailed(d${completed},ACTIVITY_ID_ALREADY_IN_USE)`);
        return false;
      }
      run.activities.set(given.activityId, {
        scheduled: run.record(`ATS(d${completed})`),
        timeouts: { close: ms(given.startToCloseTimeout), beat: ms(given.heartbeatTimeout) },
        started: 0,
        cancel: 0,
        cancelAt: ms('NONE'),
        startBy: this.now + ms(given.scheduleToStartTimeout),
        closeBy: ms('NONE'),
        beatBy: ms('NONE'),
      });
      return true;
    },
    RequestCancelActivityTask: (run, { activityId }, completed) => {
      const activity = run.activities.get(activityId);
      if (activity === undefined) {
        run.record(`RequestCancelActivityTaskFailed(d${completed},ACTIVITY_ID_UNKNOWN)`);
        return false;
      }
      activity.cancel = run.record(`ATCR(d${completed})`);
      if (activity.started === 0) activity.cancelAt = this.now;
      return true;
    },
    StartTimer: (run, { timerId, startToFireTimeout }, completed) => {
      if (run.timers.has(timerId)) {
        run.record(`StartTimerFailed(${timerId},d${completed},TIMER_ID_ALREADY_IN_USE)`);
        return false;
      }
      const started = run.record(`TimerStarted(${timerId},${startToFireTimeout},d${completed})`);
      run.timers.set(timerId, { started, dueAt: this.now + ms(startToFireTimeout) });
      return true;
    },
    CancelTimer: (run, { timerId }, completed) => {
      const timer = run.timers.get(timerId);
      if (timer === undefined) {
        run.record(`CancelTimerFailed(${timerId},d${completed},TIMER_ID_UNKNOWN)`);
        return false;
      }
      run.timers.delete(timerId);
      run.record(`TimerCanceled(${timerId},st${timer.started},d${completed})`);
      return true;
    },
    RecordMarker: (run, { markerName }, completed) => {
      run.record(`MarkerRecorded(${markerName},d${completed})`);
      return true;
    },
    StartChildWorkflowExecution: (run, { workflowId, childPolicy = 'TERMINATE' }, completed) => {
      const initiated = run.record(`ChildInitiated(${workflowId},d${completed})`);
      run.children.set(initiated, { started: 0, run: undefined });
      this.#messages.push(() => this.#startChild(workflowId, childPolicy, { run, initiated, completed }));
      return true;
    },
    SignalExternalWorkflowExecution: (run, { workflowId }, completed) => {
      const initiated = run.record(`SignalExternalInitiated(ping,${workflowId},d${completed})`);
      this.#messages.push(() => this.#signal(workflowId, { run, initiated, completed }));
      return true;
    },
  };

  #startChild(
    workflowId: string,
    childPolicy: string,
    from: { run: ReferenceRun; initiated: number; completed: number },
  ): void {
    const { run, initiated, completed } = from;
    const child = run.children.get(initiated);
    if (this.open(workflowId) !== undefined) {
      run.children.delete(initiated);
      if (run.isOpen)
        run.news(`StartChildFailed(${workflowId},i${initiated},d${completed},WORKFLOW_ALREADY_RUNNING)`);
      return;
    }
    const begun = new ReferenceRun(workflowId, {
      childPolicy,
      endsAt: Number.POSITIVE_INFINITY,
      parent: { run, initiated },
    });
    this.runs.push(begun);
    if (child === undefined) return;
    child.run = begun;
    if (run.isOpen) child.started = run.news(`ChildStarted(i${initiated},${workflowId}/#)`);
  }

  #signal(workflowId: string, from: { run: ReferenceRun; initiated: number; completed: number }): void {
    const { run, initiated, completed } = from;
    const target = this.open(workflowId);
    target?.news(`Signaled(ping,ext${initiated},from ${run.workflowId}/#)`);
    if (!run.isOpen) return;
    const unknown = `SignalExternalFailed(${workflowId},i${initiated},d${completed},UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION)`;
    run.news(target === undefined ? unknown : `ExternalSignaled(i${initiated},${workflowId}/#)`);
  }

  readonly #told = new Set<ReferenceRun>();

  /** The parent hears of it, the children feel it. */
  #closed(run: ReferenceRun): void {
    if (this.#told.has(run)) return;
    this.#told.add(run);
    const { parent, status } = run;
    if (parent !== undefined && status !== 'CONTINUED_AS_NEW') {
      this.#messages.push(() => this.#childClosed(parent.run, parent.initiated, run));
    }
    for (const child of run.children.values()) {
      this.#messages.push(() => this.#applyPolicy(run, child.run));
    }
  }

  #childClosed(run: ReferenceRun, initiated: number, child: ReferenceRun): void {
    const open = run.children.get(initiated);
    if (!run.isOpen || open === undefined) return;
    run.children.delete(initiated);
    const event = child.status.charAt(0) + child.status.slice(1).toLowerCase();
    run.news(`Child${event}(i${initiated},st${open.started},${child.workflowId}/#)`);
  }

  #applyPolicy(parent: ReferenceRun, child: ReferenceRun | undefined): void {
    if (child === undefined || !child.isOpen) return;
    if (parent.childPolicy === 'TERMINATE') {
      child.close('TERMINATED', 'WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)');
      this.#closed(child);
    } else if (parent.childPolicy === 'REQUEST_CANCEL') {
      child.cancelRequested = true;
      child.news(`CancelRequested(ext0,from ${parent.workflowId}/#,CHILD_POLICY_APPLIED)`);
    }
  }

  #deliver(): void {
    for (let message = this.#messages.shift(); message !== undefined; message = this.#messages.shift())
      message();
  }
}
