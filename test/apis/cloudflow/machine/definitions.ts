import type { Json, JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import type { FlowRun } from './flow-run.ts';

/** A flow of steps, as text. */
export function steps(list: readonly JsonObject[], more: JsonObject = {}): string {
  return JSON.stringify({ version: 'v1', type: 'flow', ...more, steps: list });
}

/** A flow of states that begins with the first, as text. */
export function states(list: readonly JsonObject[], more: JsonObject = {}): string {
  const head = { Type: 'StateMachine', SpecVersion: 'v1', Name: 'f', ...more };
  return JSON.stringify({ ...head, StartAt: list[0]?.Name ?? '', States: list });
}

/** A task that calls a function; `name` is its double's. */
export function call(name: string, more: JsonObject = {}): JsonObject {
  return { type: 'task', name, resourceArn: `acs:fc:::services/t/functions/${name}`, ...more };
}

/** A task state that calls a function with the state's input. */
export function invoke(name: string, more: JsonObject = {}): JsonObject {
  const Parameters = { resourceArn: `acs:fc:::functions/${name}/LATEST`, 'body.$': '$Input' };
  const ends = more.Next === undefined ? { End: true } : {};
  return { Type: 'Task', Name: name, Action: 'FC:InvokeFunction', Parameters, ...ends, ...more };
}

export function put(target: string, source: Json): JsonObject {
  return { target, source };
}

/** A step that does nothing but set one key. */
export function mark(name: string): JsonObject {
  return { type: 'pass', name, outputMappings: [put(name, true)] };
}

/** A state that ends its scope with its own name as output. */
export function last(Name: string): JsonObject {
  return { Type: 'Pass', Name, OutputConstructor: { at: Name }, End: true };
}

/** `1 ExecutionStarted`, `2<1 StepEntered first` and so on: id, cause, type, step. */
export function story({ events }: FlowRun): string[] {
  return events.map(({ type, step, cause }, place) => `${place + 1}<${cause} ${type} ${step}`.trimEnd());
}

export function types({ events }: FlowRun): string {
  return events.map(({ type }) => type).join(' ');
}

export function details(run: FlowRun, type: string): JsonObject[] {
  return run.events.filter((event) => event.type === type).map(({ detail }) => detail);
}
