import type { InvocationLimits } from './invocations/state.ts';
import type { DefinitionLimits } from './language/definition-limits.ts';
import type { ExecutionMode, Plan } from './language/plan.ts';
import type { ExecutionLimits } from './machine/commands.ts';

const DAY_MS = 86_400_000;

/** Quotas of one account and region, and of what one execution may be. */
export interface CloudflowLimits {
  readonly flows: number;
  /** Open executions of one flow. */
  readonly openExecutions: number;
  /** Bytes of an execution's input, and of a task's output. */
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly invocation: InvocationLimits;
  /** Child executions of a map run at the same time. */
  readonly mapRunConcurrency: number;
  readonly of: (kind: ExecutionKind) => ExecutionLimits;
  readonly ofDefinition: (flowMode: ExecutionMode) => DefinitionLimits;
}

export interface ExecutionKind {
  readonly language: Plan['language'];
  readonly mode: ExecutionMode;
}

/** From the settings under `limits:`, where 0 stands for no limit. */
export function cloudflowLimitsFrom(values: Readonly<Record<string, number>>): CloudflowLimits {
  const limit = (name: string): number => values[`cloudflow.${name}`] || Number.MAX_SAFE_INTEGER;
  return {
    flows: limit('flows'),
    openExecutions: limit('openExecutions'),
    inputBytes: limit('inputBytes'),
    outputBytes: limit('outputBytes'),
    invocation: {
      retries: values['cloudflow.asyncRetries'] ?? 0,
      seconds: values['cloudflow.asyncSeconds'] ?? 0,
    },
    mapRunConcurrency: limit('distributedMapConcurrency'),
    of: (kind) => executionLimits(values, kind),
    ofDefinition: (flowMode) => ({
      characters: limit('definitionCharacters'),
      nodes: limit('definitionNodes'),
      depth: limit('definitionDepth'),
      aliases: limit('definitionAliases'),
      stepBranches: limit('legacyBranches'),
      stateBranches: limit('branches'),
      inlineMapConcurrency: limit('mapConcurrency'),
      distributedMapConcurrency: limit('distributedMapConcurrency'),
      stepWaitSeconds: limit('legacyWaitSeconds'),
      flowMode,
      stateWaitSeconds: { Standard: limit('waitSeconds'), Express: limit('expressWaitSeconds') },
      callbackModes: ['Standard'],
    }),
  };
}

function executionLimits(
  values: Readonly<Record<string, number>>,
  { language, mode }: ExecutionKind,
): ExecutionLimits {
  const value = (name: string): number => values[`cloudflow.${name}`] ?? 0;
  const isLegacy = language === 'legacy';
  const waits = isLegacy ? 'legacyWaitSeconds' : mode === 'Express' ? 'expressWaitSeconds' : 'waitSeconds';
  const days = value('retentionDays');
  return {
    events: value('historyEvents'),
    stepBytes: value(isLegacy ? 'legacyStepBytes' : 'stateBytes'),
    variableNameBytes: value('variableNameBytes'),
    variableBytes: value('variableBytes'),
    allVariablesBytes: value('allVariablesBytes'),
    seconds: value(mode === 'Express' ? 'expressSeconds' : 'standardSeconds'),
    foreachConcurrency: value('foreachConcurrency'),
    mapConcurrency: value('mapConcurrency'),
    distributedMapConcurrency: value('distributedMapConcurrency'),
    mapRuns: value('mapRuns'),
    mapItems: value('mapItems'),
    mapItemBytes: value('mapItemBytes'),
    waitSeconds: value(waits),
    ...(days > 0 && { retentionMs: days * DAY_MS }),
  };
}
