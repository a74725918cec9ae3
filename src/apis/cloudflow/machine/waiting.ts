import type { TaskEffect } from './effects.ts';
import { type ActiveStep, type MapRun, nestOf, retriesOf, type State } from './state.ts';

/** What one active step waits for. */
export interface StepWait {
  readonly step: string;
  /** Its StepEntered event. */
  readonly eventId: number;
  readonly on: WaitReason;
  /** When the wait ends by itself, in epoch milliseconds: a timer fires, or a task times out. */
  readonly due?: number;
}

export type WaitReason =
  | { readonly for: 'timer' }
  | { readonly for: 'retry'; readonly attempt: number }
  | { readonly for: 'call'; readonly kind: TaskEffect['kind']; readonly target: string }
  | { readonly for: 'callback'; readonly target: string }
  | { readonly for: 'child'; readonly flowName: string; readonly executionName: string }
  | { readonly for: 'map-run'; readonly name: string; readonly counts: MapRun['counts'] };

/** What an execution waits for, step by step; steps that only hold others are left out. */
export function waitsOf(state: State): readonly StepWait[] {
  return Object.entries(state.steps).flatMap(([id, step]) => {
    const on = reasonOf(state, step);
    if (on === undefined) return [];
    return [{ step: step.name, eventId: Number(id), on, ...(step.due !== null && { due: step.due }) }];
  });
}

function reasonOf(state: State, step: ActiveStep): WaitReason | undefined {
  switch (step.phase) {
    case 'waiting':
      return { for: 'timer' };
    case 'pausing':
      return { for: 'retry', attempt: 1 + retriesOf(step) };
    case 'calling':
      return step.task && { for: 'call', kind: step.task.kind, target: step.task.target };
    case 'awaiting':
      return step.task && awaited(step.task);
    case 'nested':
      return mapRunOf(state, step);
    case 'entered':
      return undefined;
  }
}

function awaited({ mode, child, target }: NonNullable<ActiveStep['task']>): WaitReason {
  return mode === 'system' && child !== undefined ? { for: 'child', ...child } : { for: 'callback', target };
}

function mapRunOf(state: State, step: ActiveStep): WaitReason | undefined {
  const run = state.mapRuns[nestOf(step).mapRun ?? ''];
  return run && { for: 'map-run', name: run.name, counts: run.counts };
}
