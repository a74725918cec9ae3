import type { Case } from './case.ts';
import { LEGACY_CASES } from './legacy-cases.ts';
import { STATE_MACHINE_CASES } from './state-machine-cases.ts';

/** Flows of both languages with what their executions must come to. */
export const CASES: readonly Case[] = [...LEGACY_CASES, ...STATE_MACHINE_CASES];
