import type { StepReader, StepRecord } from '../../api.ts';
import type { Json, JsonObject } from '../language/json.ts';
import type { EventType } from '../machine/events.ts';
import type { TypedEvent } from '../machine/own.ts';
import { timeText } from './times.ts';

const LONGEST_VALUE = 1000;

/** A step, or a branch or iteration of one, while it is being read. */
type Node = { -readonly [Member in keyof StepRecord]: StepRecord[Member] } & {
  readonly steps: Node[];
  /** The latest event that has changed it. */
  changedBy: number;
};

/** An event and its time. */
interface Moment {
  readonly id: number;
  readonly time: number;
}

type AnyEvent = { readonly [T in EventType]: TypedEvent<T> }[EventType];

/** Reads a history, event after event, into the tree of its steps. */
export class StepTree implements StepReader {
  readonly #root = node('', { id: 0, time: 0 });
  /** Steps, branches and iterations by the events that entered them. */
  readonly #nodes = new Map<number, Node>();
  /** What the steps of a list are in, by the event that began the list. */
  readonly #scopes = new Map<number, Node>();

  stepsSince(event: number): readonly StepRecord[] {
    return changedSince(this.#root.steps, event);
  }

  read(text: string, id: number): void {
    const event = JSON.parse(text) as AnyEvent;
    const moment = { id, time: event.time };
    switch (event.type) {
      case 'ExecutionStarted':
        this.#scopes.set(id, this.#root);
        return;
      case 'ExecutionSucceeded':
      case 'ExecutionFailed':
      case 'ExecutionStopped':
      case 'ExecutionTimedOut':
        cancelRest(this.#root, moment);
        return;
      case 'BranchEntered':
      case 'IterationEntered':
      case 'BranchExited':
      case 'IterationExited':
        this.#readPart(event, moment);
        return;
      default:
        this.#readStep(event, moment);
    }
  }

  #readPart(
    event: TypedEvent<'BranchEntered' | 'IterationEntered'> | TypedEvent<'BranchExited' | 'IterationExited'>,
    moment: Moment,
  ): void {
    const { own, type, detail } = event;
    if ('scope' in own) {
      const part = this.#scopes.get(own.scope);
      if (part !== undefined) end(part, 'succeeded', moment);
      return;
    }
    const kind = type === 'BranchEntered' ? 'branch' : 'iteration';
    const part = node(`${kind} ${own.place}`, moment);
    part.input = valueText(detail.input);
    this.#scopes.set(moment.id, part);
    this.#nodes.get(own.of)?.steps.push(part);
  }

  #readStep(event: AnyEvent, moment: Moment): void {
    const { detail } = event;
    const { id } = moment;
    if (event.type === 'StepEntered') {
      const step = node(event.step, moment);
      step.input = valueText(detail.input);
      this.#nodes.set(id, step);
      this.#scopes.get(event.own.scope)?.steps.push(step);
      return;
    }
    const { of } = event.own as { readonly of: number };
    const step = this.#nodes.get(of);
    if (step === undefined) return;
    step.changedBy = id;
    if (event.type === 'StepStarted') this.#begin(step, event, id);
    else change(step, event, moment);
  }

  #begin(step: Node, { detail, own }: TypedEvent<'StepStarted'>, id: number): void {
    step.input = valueText(detail.input);
    if (own.nest !== undefined) step.attempts += 1;
    if (own.option !== undefined) this.#scopes.set(id, step);
  }
}

function change(step: Node, event: AnyEvent, moment: Moment): void {
  const { detail } = event;
  switch (event.type) {
    case 'TaskScheduled':
      // Results are written by the attempt whose items have run.
      if (event.own.task.kind !== 'write-results') step.attempts += 1;
      return;
    case 'TaskFailed':
    case 'TaskSubmitFailed':
    case 'TaskTimedOut':
      step.error = errorOf(detail);
      return;
    case 'StepSucceeded':
      step.error = null;
      step.output = valueText(detail.output);
      end(step, 'succeeded', moment);
      return;
    case 'StepFailed':
      fail(step, event, moment);
      return;
    case 'StepExited':
      // What failed and is left all the same was caught.
      if (step.status === 'failed') step.status = 'caught';
      else step.output = valueText(detail.output) ?? step.output;
  }
}

function fail(step: Node, { detail, own }: TypedEvent<'StepFailed'>, moment: Moment): void {
  step.error = errorOf(detail);
  if (own.retry === undefined) end(step, 'failed', moment);
  else cancelRest(step, moment);
}

function end(ended: Node, status: Node['status'], moment: Moment): void {
  ended.status = status;
  ended.endedAt = timeText(moment.time);
  ended.changedBy = moment.id;
  cancelRest(ended, moment);
}

/** What still runs in something that is over is given up. */
function cancelRest({ steps }: Node, moment: Moment): void {
  for (const step of steps) if (step.status === 'running') end(step, 'cancelled', moment);
}

function changedSince(nodes: readonly Node[], event: number): StepRecord[] {
  const changed: StepRecord[] = [];
  for (const found of nodes) {
    const steps = changedSince(found.steps, event);
    if (found.changedBy <= event && steps.length === 0) continue;
    const { changedBy: _, ...record } = found;
    changed.push({ ...record, steps });
  }
  return changed;
}

function node(name: string, { id, time }: Moment): Node {
  const nothing = { attempts: 0, endedAt: null, input: null, output: null, error: null };
  return { id, name, status: 'running', startedAt: timeText(time), ...nothing, steps: [], changedBy: id };
}

function errorOf({ error, cause }: JsonObject): Node['error'] {
  return { type: String(error ?? ''), message: cut(String(cause ?? '')) };
}

const valueText = (value: Json | undefined): string | null =>
  value === undefined ? null : cut(JSON.stringify(value));

const cut = (text: string): string =>
  text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
