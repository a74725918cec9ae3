import type { World } from './world.ts';

/** The name under which the kernel knows this API. */
export const API = 'cloudflow';

/** The name under which the kernel knows its schedules, each of which is an execution without an end. */
export const SCHEDULE_API = 'cloudflow-schedule';

/** The same for functions that are called asynchronously, each call being an execution. */
export const INVOCATION_API = 'cloudflow-invocation';

/** What tells a flow from all others, and from earlier ones of the same name. */
export interface FlowKey {
  readonly name: string;
  readonly id: string;
}

/** What a kernel scope stands for. */
export interface ScopeParts {
  readonly world: World;
  readonly flow: FlowKey;
}

/** Names a flow among those of all accounts, regions and times; no part can hold a slash. */
export function scopeOf({ account, region }: World, { name, id }: FlowKey): string {
  return `${account}/${region}/${name}/${id}`;
}

export function readScope(scope: string): ScopeParts {
  const [account = '', region = '', name = '', id = ''] = scope.split('/');
  return { world: { account, region }, flow: { name, id } };
}

/** Whether a kernel scope belongs to an account and region. */
export function isOfWorld(scope: string, { account, region }: World): boolean {
  return scope.startsWith(`${account}/${region}/`);
}

/** Resource under which access control knows a flow; without a name, all of them. */
export function flowArn({ account, region }: World, name = '*'): string {
  return `acs:fnf:${region}:${account}:flow/${name}`;
}
