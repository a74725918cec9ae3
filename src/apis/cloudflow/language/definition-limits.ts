/** What bounds a definition. Each may be `Infinity`, for definitions that have been accepted before. */
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
  /** Longest Wait state, in seconds: 300 in standard and 20 in express mode. */
  readonly stateWaitSeconds: number;
}

export const DEFAULT_LIMITS: DefinitionLimits = {
  characters: 262_144,
  nodes: 15_000,
  depth: 100,
  aliases: 1_000,
  stepBranches: 100,
  stateBranches: 50,
  inlineMapConcurrency: 40,
  distributedMapConcurrency: 100,
  stepWaitSeconds: 172_800,
  stateWaitSeconds: 300,
};
