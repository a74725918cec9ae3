/** An open activity of the reference. */
export interface Activity {
  readonly scheduled: number;
  readonly timeouts: { readonly close: number; readonly beat: number };
  /** 0 before a worker has it. */
  started: number;
  /** Of the latest request to cancel it; 0 without one. */
  cancel: number;
  /** When the service cancels it by itself, because nobody has started it. */
  cancelAt: number;
  startBy: number;
  closeBy: number;
  beatBy: number;
}

interface Decision {
  readonly scheduled: number;
  started: number;
  dueAt: number;
}

/** Something that will happen by itself. */
interface Due {
  readonly at: number;
  readonly event: number;
  readonly happen: () => void;
}

export interface Parent {
  readonly run: ReferenceRun;
  readonly initiated: number;
}

const DECISION_MS = 10_000;
const never = Number.POSITIVE_INFINITY;

/**
 * One execution as the reference describes it, with its history as lines. Written apart from the machine: where the two
 * differ, one of them is wrong.
 */
export class ReferenceRun {
  readonly workflowId: string;
  readonly parent: Parent | undefined;
  readonly childPolicy: string;
  readonly lines: string[] = [];
  readonly activities = new Map<string, Activity>();
  readonly timers = new Map<string, { readonly started: number; readonly dueAt: number }>();
  /** By the event that initiated it, the event with which it started; 0 until then. */
  readonly children = new Map<number, { started: number; run: ReferenceRun | undefined }>();
  status = 'OPEN';
  decision: Decision | undefined;
  next: Decision | undefined;
  cancelRequested = false;
  readonly #endsAt: number;

  constructor(
    workflowId: string,
    options: { childPolicy: string; endsAt: number; parent?: Parent; after?: boolean },
  ) {
    const { childPolicy, endsAt, parent, after } = options;
    this.workflowId = workflowId;
    this.childPolicy = childPolicy;
    this.parent = parent;
    this.#endsAt = endsAt;
    const links = parent === undefined ? [] : [`i${parent.initiated}`, `parent ${parent.run.workflowId}/#`];
    if (after === true) links.push('after #');
    this.news(links.length === 0 ? 'WES' : `WES(${links.join(',')})`);
  }

  get isOpen(): boolean {
    return this.status === 'OPEN';
  }

  record(text: string): number {
    const id = this.lines.length + 1;
    this.lines.push(`${id} ${text}`);
    return id;
  }

  /** An event of which the decider must hear. */
  news(text: string): number {
    const id = this.record(text);
    this.wantDecision();
    return id;
  }

  wantDecision(): void {
    if (this.decision === undefined) this.decision = this.#schedule();
    else if (this.decision.started !== 0) this.next ??= this.#schedule();
  }

  #schedule(): Decision {
    return { scheduled: this.record('DTS'), started: 0, dueAt: never };
  }

  get canPoll(): boolean {
    return this.isOpen && this.decision !== undefined && this.decision.started === 0;
  }

  startDecision(now: number): void {
    const { decision } = this;
    if (decision === undefined) return;
    decision.started = this.record(`DTSt(s${decision.scheduled})`);
    decision.dueAt = now + DECISION_MS;
  }

  /** The activity that a worker is given next. */
  get waitingActivity(): [string, Activity] | undefined {
    if (!this.isOpen) return undefined;
    return [...this.activities].find(([, { started, cancel }]) => started === 0 && cancel === 0);
  }

  startActivity(activity: Activity, now: number): void {
    activity.started = this.record(`ATSt(s${activity.scheduled})`);
    activity.startBy = never;
    activity.closeBy = now + activity.timeouts.close;
    activity.beatBy = now + activity.timeouts.beat;
  }

  beat(activity: Activity, now: number): void {
    activity.beatBy = now + activity.timeouts.beat;
  }

  /** How a worker or the clock ends an activity; the type of the event and what it shows last. */
  endActivity(id: string, event: string, last: string[] = []): void {
    const activity = this.activities.get(id);
    if (activity === undefined) return;
    this.activities.delete(id);
    this.news(`${event}(${[`s${activity.scheduled}`, `st${activity.started}`, ...last].join(',')})`);
  }

  endDecision(): void {
    this.decision = this.next;
    this.next = undefined;
  }

  close(status: string, event: string): void {
    this.record(event);
    this.status = status;
  }

  #due(): Due[] {
    const due: Due[] = [];
    due.push({
      at: this.#endsAt,
      event: 1,
      happen: () => this.close('TIMED_OUT', 'WorkflowExecutionTimedOut(START_TO_CLOSE)'),
    });
    const { decision } = this;
    if (decision !== undefined && decision.started !== 0) {
      due.push({
        at: decision.dueAt,
        event: decision.started,
        happen: () => this.#timeOutDecision(decision),
      });
    }
    for (const [id, { started, dueAt }] of this.timers) {
      due.push({ at: dueAt, event: started, happen: () => this.#fire(id, started) });
    }
    for (const [id, activity] of this.activities) due.push(this.#activityDue(id, activity));
    return due;
  }

  #timeOutDecision({ scheduled, started }: Decision): void {
    this.record(`DTTO(s${scheduled},st${started},START_TO_CLOSE)`);
    this.endDecision();
    this.wantDecision();
  }

  #fire(id: string, started: number): void {
    this.timers.delete(id);
    this.news(`TimerFired(${id},st${started})`);
  }

  #activityDue(id: string, activity: Activity): Due {
    const { scheduled: event, cancel, cancelAt, startBy, closeBy, beatBy } = activity;
    if (cancelAt !== never) {
      return { at: cancelAt, event, happen: () => this.endActivity(id, 'ATCa', [`latest${cancel}`]) };
    }
    const at = Math.min(startBy, closeBy, beatBy);
    const type = at === startBy ? 'SCHEDULE_TO_START' : at === closeBy ? 'START_TO_CLOSE' : 'HEARTBEAT';
    return { at, event, happen: () => this.endActivity(id, 'ATTO', [type]) };
  }

  /** The first thing that falls due until then; the oldest wait first of those that fall due together. */
  soonest(until: number): Due | undefined {
    if (!this.isOpen) return undefined;
    const due = this.#due().filter(({ at }) => at <= until);
    return due.sort((a, b) => a.at - b.at || a.event - b.event)[0];
  }

  openCounts(): object {
    return {
      openActivityTasks: this.activities.size,
      openDecisionTasks: this.decision === undefined ? 0 : 1,
      openTimers: this.timers.size,
      openChildWorkflowExecutions: this.children.size,
      openLambdaFunctions: 0,
    };
  }
}
