import { NoSuchExecution } from '../../kernel/errors.ts';
import { showClosed } from '../../kernel/execution-reader.ts';
import { addressOf, type Execution, type ExecutionName } from './execution.ts';
import { unknown } from './faults.ts';
import type { Transfer } from './transfer.ts';
import type { World } from './world.ts';

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
