import type { StepReader, StepRecord } from '../../api.ts';
import type { Event } from '../machine/events.ts';
import { shownFile } from './execution-record.ts';
import { timeText } from './times.ts';

const HANDLERS = 'OnExceptionSteps';

type Node = { -readonly [Member in keyof StepRecord]: StepRecord[Member] } & { readonly steps: Node[] };

/** Reads a history into its steps; those that handle an exception are together in one of their own. */
export class StepTree implements StepReader {
  readonly #root: Node[] = [];
  #handlers: Node | undefined;
  #current: Node | undefined;
  #hasFailed = false;

  get steps(): readonly StepRecord[] {
    return this.#root;
  }

  read(text: string): void {
    const event = JSON.parse(text) as Event;
    const time = timeText(event.at);
    switch (event.type) {
      case 'StepStarted':
        this.#begin(event, time);
        break;
      case 'StepCompleted':
        if (this.#current !== undefined) complete(this.#current, event);
        break;
      case 'StepErrored':
        this.#hasFailed = true;
        if (this.#current !== undefined) fail(this.#current, event);
        break;
      case 'ExecutionErrored':
        if (this.#handlers !== undefined) endHandlers(this.#handlers, time);
        break;
      case 'ExecutionStarted':
      case 'ExecutionThrottled':
      case 'ExecutionCompleted':
        break;
      default:
        event satisfies never;
    }
  }

  #begin({ details }: Extract<Event, { type: 'StepStarted' }>, time: string): void {
    const { stepType, stepName, input } = details;
    const step = node(stepName ? `${stepType} ${stepName}` : stepType, time);
    step.attempts = 1;
    step.input = JSON.stringify(input.fileLocation);
    if (this.#hasFailed) this.#handlersFrom(time).steps.push(step);
    else this.#root.push(step);
    this.#current = step;
  }

  #handlersFrom(time: string): Node {
    if (this.#handlers === undefined) {
      this.#handlers = node(HANDLERS, time);
      if (this.#current !== undefined) this.#current.status = 'caught';
      this.#root.push(this.#handlers);
    }
    return this.#handlers;
  }
}

function complete(step: Node, { at, details, own }: Extract<Event, { type: 'StepCompleted' }>): void {
  const { location, bytes } = own;
  step.status = 'succeeded';
  step.endedAt = timeText(at);
  step.output = JSON.stringify({
    ...details.output,
    ...(location !== undefined && { fileLocation: shownFile(location) }),
    ...(bytes !== undefined && { bytes }),
  });
}

function fail(step: Node, { at, details }: Extract<Event, { type: 'StepErrored' }>): void {
  step.status = 'failed';
  step.endedAt = timeText(at);
  step.error = { type: details.errorType, message: details.errorMessage };
}

function endHandlers(handlers: Node, time: string): void {
  handlers.endedAt = time;
  handlers.status = handlers.steps.some(({ status }) => status === 'failed') ? 'failed' : 'succeeded';
}

function node(name: string, startedAt: string): Node {
  const nothing = { attempts: 0, endedAt: null, input: null, output: null, error: null };
  return { name, status: 'running', startedAt, ...nothing, steps: [] };
}
