import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { Identity } from '../../../kernel/machine.ts';
import type { Permission } from '../../api.ts';
import type { TaskEffect } from '../machine/effects.ts';
import { readScope } from '../names.ts';
import type { World } from '../world.ts';

/** May the tasks of an execution do that, by the role of their flow? */
export type MayDo = (execution: Identity, permission: Permission) => Promise<boolean>;

type InputOf<K extends TaskEffect['kind']> = Extract<TaskEffect, { readonly kind: K }>['input'];

export interface UnderRole<K extends TaskEffect['kind']> {
  /** Absent where roles do not count. */
  readonly mayDo: MayDo | undefined;
  /** What the work needs to be allowed; undefined for nothing. */
  readonly permissionOf: (input: InputOf<K>, world: World) => Permission | undefined;
  /** What the task fails with otherwise. */
  readonly errorOf: (input: InputOf<K>) => string;
}

/** The same work, but only as far as the role of the flow allows it. */
export function underRole<K extends TaskEffect['kind']>(
  runner: EffectRunner,
  { mayDo, permissionOf, errorOf }: UnderRole<K>,
): EffectRunner {
  if (mayDo === undefined) return runner;
  return {
    ...runner,
    run: async (request, context) => {
      const input = request.input as InputOf<K>;
      const permission = permissionOf(input, readScope(context.execution.scope).world);
      if (permission === undefined || (await mayDo(context.execution, permission)))
        return runner.run(request, context);
      const { action, resource } = permission;
      const cause = `The role of the flow is not authorized to perform: ${action} on resource: ${resource}`;
      throw new Rejection(errorOf(input), cause, cause);
    },
  };
}
