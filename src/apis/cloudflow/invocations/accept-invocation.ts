import type { CloudflowLink } from '../cloudflow-link.ts';
import { findClosed } from '../executions.ts';
import { nameOfTaskStart } from '../inferred.ts';
import { INVOCATION_API } from '../names.ts';
import type { AcceptInvocation } from '../steps/async-function.ts';
import type { InvocationCommand } from './machine.ts';

/** Accepts calls of functions for tasks; see `AcceptInvocation`. */
export function acceptInvocation(link: CloudflowLink): AcceptInvocation {
  return async (call, { scope }) => {
    const cloudflow = await link.opened;
    const { kernel, limits } = cloudflow;
    const target = { api: INVOCATION_API, scope, name: nameOfTaskStart(call.idempotency) };
    if (!kernel.isOpen(target) && (await findClosed(cloudflow, target)) === undefined) {
      const command: InvocationCommand = { kind: 'accept', call, limits: limits.invocation };
      kernel.start(target, command);
    }
    await kernel.durable();
  };
}
