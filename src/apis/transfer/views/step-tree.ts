import type { StepReader, StepRecord } from '../../api.ts';
import type { Event } from '../machine/events.ts';
import { shownFile } from './execution-record.ts';
import { timeText } from './times.ts';

const HANDLERS = 'OnExceptionSteps';

type Node = { -readonly [Member in keyof StepRecord]: StepRecord[Member] } & {
  readonly steps: Node[];
  /** The latest event that has changed it. */
  changedBy: number;
};

interface Moment {
  readonly id: number;
  /** ISO 8601. */
  readonly time: string;
}

/** Reads a history into its steps; those that handle an exception are together in one of their own. */
export class StepTree implements StepReader {
  readonly #root: Node[] = [];
  #handlers: Node | undefined;
  #current: Node | undefined;
  #hasFailed = false;

  stepsSince(event: number): readonly StepRecord[] {
    return changedSince(this.#root, event);
  }

  read(text: string, id: number): void {
    const event = JSON.parse(text) as Event;
    const moment = { id, time: timeText(event.at) };
    switch (event.type) {
      case 'StepStarted':
        this.#begin(event, moment);
        break;
      case 'StepCompleted':
        if (this.#current !== undefined) complete(this.#current, event, moment);
        break;
      case 'StepErrored':
        this.#hasFailed = true;
        if (this.#current !== undefined) fail(this.#current, event, moment);
        break;
      case 'ExecutionErrored':
        if (this.#handlers !== undefined) endHandlers(this.#handlers, moment);
        break;
      case 'ExecutionStarted':
      case 'ExecutionThrottled':
      case 'ExecutionCompleted':
        break;
      default:
        event satisfies never;
    }
  }

  #begin({ details }: Extract<Event, { type: 'StepStarted' }>, moment: Moment): void {
    const { stepType, stepName, input } = details;
    const step = node(stepName ? `${stepType} ${stepName}` : stepType, moment);
    step.attempts = 1;
    step.input = JSON.stringify(input.fileLocation);
    if (this.#hasFailed) this.#handlersFrom(moment).steps.push(step);
    else this.#root.push(step);
    this.#current = step;
  }

  #handlersFrom(moment: Moment): Node {
    if (this.#handlers === undefined) {
      this.#handlers = node(HANDLERS, moment);
      if (this.#current !== undefined) change(this.#current, moment).status = 'caught';
      this.#root.push(this.#handlers);
    }
    return this.#handlers;
  }
}

function complete(
  step: Node,
  { details, own }: Extract<Event, { type: 'StepCompleted' }>,
  moment: Moment,
): void {
  const { location, bytes } = own;
  change(step, moment).status = 'succeeded';
  step.endedAt = moment.time;
  step.output = JSON.stringify({
    ...details.output,
    ...(location !== undefined && { fileLocation: shownFile(location) }),
    ...(bytes !== undefined && { bytes }),
  });
}

function fail(step: Node, { details }: Extract<Event, { type: 'StepErrored' }>, moment: Moment): void {
  change(step, moment).status = 'failed';
  step.endedAt = moment.time;
  step.error = { type: details.errorType, message: details.errorMessage };
}

function endHandlers(handlers: Node, moment: Moment): void {
  change(handlers, moment).endedAt = moment.time;
  handlers.status = handlers.steps.some(({ status }) => status === 'failed') ? 'failed' : 'succeeded';
}

function node(name: string, { id, time }: Moment): Node {
  const nothing = { attempts: 0, endedAt: null, input: null, output: null, error: null };
  return { id, name, status: 'running', startedAt: time, ...nothing, steps: [], changedBy: id };
}

function change(step: Node, { id }: Moment): Node {
  step.changedBy = id;
  return step;
}

/** Those that are in a step which has changed show what has changed in them alone. */
function changedSince(nodes: readonly Node[], event: number): StepRecord[] {
  return nodes.flatMap(({ changedBy, ...record }) => {
    const steps = changedSince(record.steps, event);
    return changedBy > event || steps.length > 0 ? [{ ...record, steps }] : [];
  });
}
