import type { EventAttributes, EventType } from '../events.ts';
import { needsDecision } from '../inferred.ts';
import type { TypeLookups } from '../types.ts';
import { record, type SwfTurn } from './record.ts';

/** The decisions of one completed decision task, being applied. */
export interface Batch {
  readonly turn: SwfTurn;
  /** Id of the DecisionTaskCompleted event. */
  readonly completedId: number;
  readonly types: TypeLookups;
  /** One of them failed so that the decider must hear of it. */
  failed: boolean;
  /** How many more executions the domain may have open. */
  startable: number;
  /** The cause with which the decision at hand fails for coming too fast, if nothing else is wrong with it. */
  tooFast: string | undefined;
}

/** Applies one decision; `denied` is the cause for which it must fail, whatever it says. */
export type DecisionHandler<Attributes> = (
  batch: Batch,
  attributes: Attributes,
  denied: string | undefined,
) => void;

/** Records that a decision failed. */
export function fail<T extends EventType>(batch: Batch, eventType: T, attributes: EventAttributes[T]): void {
  record(batch.turn, eventType, attributes);
  if (needsDecision(eventType)) batch.failed = true;
}
