import type { StepReader, StepRecord } from '../../api.ts';
import type { Json, JsonObject } from '../language/json.ts';
import type { EventType } from '../machine/events.ts';
import type { TypedEvent } from '../machine/own.ts';
import { timeText } from './times.ts';

const LONGEST_VALUE = 1000;

/** A step, or a branch or iteration of one, while it is being read. */
type Node = { -readonly [Member in keyof StepRecord]: StepRecord[Member] } & { readonly steps: Node[] };

type AnyEvent = { readonly [T in EventType]: TypedEvent<T> }[EventType];

/** Reads a history, event after event, into the tree of its steps. */
export class StepTree implements StepReader {
  readonly #root = node('', 0);
  /** Steps, branches and iterations by the events that entered them. */
  readonly #nodes = new Map<number, Node>();
  /** What the steps of a list are in, by the event that began the list. */
  readonly #scopes = new Map<number, Node>();

  get steps(): readonly StepRecord[] {
    return this.#root.steps;
  }

  read(text: string, id: number): void {
    const event = JSON.parse(text) as AnyEvent;
    switch (event.type) {
      case 'ExecutionStarted':
        this.#scopes.set(id, this.#root);
        return;
      case 'ExecutionSucceeded':
      case 'ExecutionFailed':
      case 'ExecutionStopped':
      case 'ExecutionTimedOut':
        cancelRest(this.#root, event.time);
        return;
      case 'BranchEntered':
      case 'IterationEntered':
      case 'BranchExited':
      case 'IterationExited':
        this.#readPart(event, id);
        return;
      default:
        this.#readStep(event, id);
    }
  }

  #readPart(
    event: TypedEvent<'BranchEntered' | 'IterationEntered'> | TypedEvent<'BranchExited' | 'IterationExited'>,
    id: number,
  ): void {
    const { own, time, type, detail } = event;
    if ('scope' in own) {
      const part = this.#scopes.get(own.scope);
      if (part !== undefined) end(part, 'succeeded', time);
      return;
    }
    const kind = type === 'BranchEntered' ? 'branch' : 'iteration';
    const part = node(`${kind} ${own.place}`, time);
    part.input = valueText(detail.input);
    this.#scopes.set(id, part);
    this.#nodes.get(own.of)?.steps.push(part);
  }

  #readStep(event: AnyEvent, id: number): void {
    const { time, detail } = event;
    if (event.type === 'StepEntered') {
      const step = node(event.step, time);
      step.input = valueText(detail.input);
      this.#nodes.set(id, step);
      this.#scopes.get(event.own.scope)?.steps.push(step);
      return;
    }
    const { of } = event.own as { readonly of: number };
    const step = this.#nodes.get(of);
    if (step === undefined) return;
    if (event.type === 'StepStarted') this.#begin(step, event, id);
    else change(step, event);
  }

  #begin(step: Node, { detail, own }: TypedEvent<'StepStarted'>, id: number): void {
    step.input = valueText(detail.input);
    if (own.nest !== undefined) step.attempts += 1;
    if (own.option !== undefined) this.#scopes.set(id, step);
  }
}

function change(step: Node, event: AnyEvent): void {
  const { detail, time } = event;
  switch (event.type) {
    case 'TaskScheduled':
      step.attempts += 1;
      return;
    case 'TaskFailed':
    case 'TaskSubmitFailed':
    case 'TaskTimedOut':
      step.error = errorOf(detail);
      return;
    case 'StepSucceeded':
      step.error = null;
      step.output = valueText(detail.output);
      end(step, 'succeeded', time);
      return;
    case 'StepFailed':
      fail(step, event);
      return;
    case 'StepExited':
      // What failed and is left all the same was caught.
      if (step.status === 'failed') step.status = 'caught';
      else step.output = valueText(detail.output) ?? step.output;
  }
}

function fail(step: Node, { detail, own, time }: TypedEvent<'StepFailed'>): void {
  step.error = errorOf(detail);
  if (own.retry === undefined) end(step, 'failed', time);
  else cancelRest(step, time);
}

function end(ended: Node, status: Node['status'], time: number): void {
  ended.status = status;
  ended.endedAt = timeText(time);
  cancelRest(ended, time);
}

/** What still runs in something that is over is given up. */
function cancelRest({ steps }: Node, time: number): void {
  for (const step of steps) if (step.status === 'running') end(step, 'cancelled', time);
}

function node(name: string, time: number): Node {
  const nothing = { attempts: 0, endedAt: null, input: null, output: null, error: null };
  return { name, status: 'running', startedAt: timeText(time), ...nothing, steps: [] };
}

function errorOf({ error, cause }: JsonObject): Node['error'] {
  return { type: String(error ?? ''), message: cut(String(cause ?? '')) };
}

const valueText = (value: Json | undefined): string | null =>
  value === undefined ? null : cut(JSON.stringify(value));

const cut = (text: string): string =>
  text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
