import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';

/** A flow, and what its executions must come to. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  /** Definitions of other flows that must be there, by name. */
  readonly others: Readonly<Record<string, string>>;
  readonly runs: readonly CaseRun[];
}

export interface CaseRun {
  readonly input: JsonObject;
  readonly expected: Expected;
  /** Given to the task that waits for its callback. */
  readonly report?: Report;
  /** How often each function is called; none where absent. Functions are known by the last name of their ARN. */
  readonly calls?: Readonly<Record<string, number>>;
  /** What the execution spends in waits and retries, in seconds, in order. */
  readonly waits?: readonly number[];
  /** Executions of other flows that are there afterwards, by the flow's name. */
  readonly children?: Readonly<Record<string, number>>;
}

/** An absent cause is not said. */
type Expected =
  | { readonly status: 'Succeeded'; readonly output: Json }
  | { readonly status: 'Failed'; readonly error: string; readonly cause?: string };

type Report =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: string; readonly cause: string };

type Definitions = Pick<Case, 'definition' | 'others'>;

/** The text of `{file}.yaml`, and of the files of other flows by their names. */
export function definitions(file: string, others: Readonly<Record<string, string>> = {}): Definitions {
  return {
    definition: read(file),
    others: Object.fromEntries(Object.entries(others).map(([flow, its]) => [flow, read(its)])),
  };
}

function read(file: string): string {
  return readFileSync(new URL(`./${file}.yaml`, import.meta.url), 'utf8');
}
