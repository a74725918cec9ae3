import type { Decision } from '../machine/decisions.ts';
import type { SwfState } from '../machine/state.ts';
import { referencedTypes, type TypeLookups, typeKey } from '../machine/types.ts';
import type { VersionedType } from '../machine/values.ts';
import { API, scopeOf } from '../names.ts';
import type { Swf } from '../swf.ts';
import type { World } from '../world.ts';
import { lookUpType, type TypeKind } from './types.ts';

interface Home {
  readonly world: World;
  readonly domain: string;
  readonly state: SwfState;
}

/** What decisions need to know of their domain; undefined when they name no type, as most do. */
export function lookUpTypes(swf: Swf, home: Home, decisions: readonly Decision[]): TypeLookups | undefined {
  const { activity, workflow } = referencedTypes(decisions, home.state);
  if (activity.length === 0 && workflow.length === 0) return undefined;
  const { world, domain } = home;
  const lookUp = (kind: TypeKind, types: readonly VersionedType[]) => {
    const found: Record<string, ReturnType<typeof registered>> = {};
    for (const type of types) found[typeKey(type)] = registered(swf, { world, domain, kind }, type);
    return found;
  };
  return {
    activity: lookUp('ActivityType', activity),
    workflow: lookUp('WorkflowType', workflow),
    openExecutionsQuota: swf.limits.openExecutions - swf.kernel.countOpen(API, scopeOf(world, domain)),
  };
}

function registered(swf: Swf, home: Parameters<typeof lookUpType>[1], type: VersionedType) {
  const found = lookUpType(swf, home, type);
  return found === undefined ? undefined : { status: found.status, ...found.defaults };
}
