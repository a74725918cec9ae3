/** An event as the service answers it; times are epoch seconds. */
export interface HistoryEvent {
  readonly eventId: number;
  readonly eventType: string;
  readonly eventTimestamp: number;
}

export interface Attributes {
  readonly [name: string]: unknown;
}

/** The one member of an event that carries what it is about. */
export function attributesOf(event: HistoryEvent): Attributes {
  const name = `${event.eventType.charAt(0).toLowerCase()}${event.eventType.slice(1)}EventAttributes`;
  return ((event as unknown as Attributes)[name] ?? {}) as Attributes;
}

/** An attribute that must be text; empty when it is absent. */
export function text(event: HistoryEvent, name: string): string {
  const value = attributesOf(event)[name];
  return typeof value === 'string' ? value : '';
}

/** An attribute that must be a number; 0 when it is absent. */
export function number(event: HistoryEvent, name: string): number {
  const value = attributesOf(event)[name];
  return typeof value === 'number' ? value : 0;
}

export interface ExecutionName {
  readonly workflowId: string;
  readonly runId: string;
}

/** The execution an attribute names. */
export function execution(event: HistoryEvent, name: string): ExecutionName | undefined {
  return attributesOf(event)[name] as ExecutionName | undefined;
}

export function milliseconds({ eventTimestamp }: HistoryEvent): number {
  return Math.round(eventTimestamp * 1000);
}

const CLOSING = new Set(
  ['Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut', 'ContinuedAsNew'].map(
    (end) => `WorkflowExecution${end}`,
  ),
);

export const isClosing = ({ eventType }: HistoryEvent): boolean => CLOSING.has(eventType);
