import { NoSuchExecution } from '../../kernel/errors.ts';
import { type Found, showClosed } from '../../kernel/execution-reader.ts';
import type { Address } from '../../kernel/machine.ts';
import { unknown } from './faults.ts';
import type { State } from './machine/state.ts';
import { API } from './names.ts';
import type { Transfer } from './transfer.ts';
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

/** One that has not ended; throws ResourceNotFoundException. */
export function findRunning(transfer: Transfer, world: World, name: ExecutionName): Execution {
  try {
    return transfer.kernel.findOpen(addressOf(world, name));
  } catch (error) {
    throw error instanceof NoSuchExecution ? unknown('Execution', name.executionId) : error;
  }
}

/** Running or ended; throws ResourceNotFoundException. */
export async function findExecution(
  transfer: Transfer,
  world: World,
  name: ExecutionName,
): Promise<Execution> {
  const { kernel, clock } = transfer;
  const address = addressOf(world, name);
  if (kernel.isOpen(address)) return findRunning(transfer, world, name);
  const query = { ...address, now: clock.now(), timeOf: 'started', order: 'newest', limit: 1 } as const;
  const [ended] = await kernel.listClosed(query);
  if (ended === undefined) throw unknown('Execution', name.executionId);
  return showClosed(ended);
}

export function stateOf({ state }: Pick<Found, 'state'>): State {
  return state as State;
}
