import { throttled } from './faults.ts';
import type { Swf } from './swf.ts';
import type { World } from './world.ts';

/** Throws ThrottlingException when the operation, or the execution it is for, is called too often. */
export function mustBeWithinRate(
  swf: Swf,
  request: { readonly name: string; readonly input: Readonly<Record<string, unknown>> },
  world: World,
): void {
  const { name, input } = request;
  const { rates } = swf;
  if (rates.areOff) return;
  if (!rates.allow(name, world)) throw throttled();
  if (!rates.allow(`execution.${name}`, world, executionOf(swf, input))) throw throttled();
}

/** Text that tells one execution from the others, however the request names it. */
function executionOf({ tokens }: Swf, input: Readonly<Record<string, unknown>>): string {
  const { domain, workflowId, execution, taskToken } = input;
  if (typeof taskToken === 'string') return tokens.runOf(taskToken);
  return `${domain} ${workflowId ?? (execution as { runId: string } | undefined)?.runId}`;
}
