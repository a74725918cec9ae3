import type { ExecutionMode } from './plan.ts';

/** What bounds a definition. */
export interface DefinitionLimits {
  /** Of the text, and of all its scalars once every alias stands for what it repeats. */
  readonly characters: number;
  /** Scalars, lists and maps, once every alias stands for what it repeats. */
  readonly nodes: number;
  /** Lists and maps within each other. */
  readonly depth: number;
  readonly aliases: number;
  /** Branches of a parallel step. */
  readonly stepBranches: number;
  /** Branches of a Parallel state. */
  readonly stateBranches: number;
  readonly inlineMapConcurrency: number;
  readonly distributedMapConcurrency: number;
  /** Longest wait step, in seconds. */
  readonly stepWaitSeconds: number;
  /** How executions of the flow itself run; distributed maps in it say that for their children. */
  readonly flowMode: ExecutionMode;
  /** Longest Wait state, in seconds. */
  readonly stateWaitSeconds: Readonly<Record<ExecutionMode, number>>;
  /** In which modes tasks may wait for callbacks. */
  readonly callbackModes: readonly ExecutionMode[];
}

/** For a definition that an execution runs: it was accepted once, and limits that were lowered since do not stop it. */
export const NO_LIMITS: DefinitionLimits = {
  characters: Infinity,
  nodes: Infinity,
  depth: Infinity,
  aliases: Infinity,
  stepBranches: Infinity,
  stateBranches: Infinity,
  inlineMapConcurrency: Infinity,
  distributedMapConcurrency: Infinity,
  stepWaitSeconds: Infinity,
  flowMode: 'Standard',
  stateWaitSeconds: { Standard: Infinity, Express: Infinity },
  callbackModes: ['Standard', 'Express'],
};
