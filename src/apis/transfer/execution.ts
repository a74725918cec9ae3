import type { Found } from '../../kernel/execution-reader.ts';
import type { Address } from '../../kernel/machine.ts';
import type { State } from './machine/state.ts';
import { API } from './names.ts';
import type { World } from './world.ts';

export interface ExecutionName {
  readonly workflowId: string;
  readonly executionId: string;
}

export type Execution = Omit<Found, 'machine'>;

/** Names a workflow among those of all accounts and regions; no part can hold a slash. */
export function scopeOf({ account, region }: World, workflowId: string): string {
  return `${account}/${region}/${workflowId}`;
}

export function readScope(scope: string): { readonly world: World; readonly workflowId: string } {
  const [account = '', region = '', workflowId = ''] = scope.split('/');
  return { world: { account, region }, workflowId };
}

/** UUIDs may be written in either case. */
export function addressOf(world: World, { workflowId, executionId }: ExecutionName): Address {
  return { api: API, scope: scopeOf(world, workflowId), name: executionId.toLowerCase() };
}

export function stateOf({ state }: Pick<Found, 'state'>): State {
  return state as State;
}
