import { NoSuchExecution } from '../../kernel/errors.ts';
import type { Found } from '../../kernel/execution-reader.ts';
import type { Cloudflow } from './cloudflow.ts';
import { badTaskToken } from './inferred.ts';
import type { Callback } from './machine/commands.ts';
import { API, isOfWorld } from './names.ts';
import { readTaskToken } from './tokens.ts';
import type { World } from './world.ts';

/** The task that a token stands for; throws InvalidArgument for a token that is not ours, or not the caller's. */
export async function findTask(cloudflow: Cloudflow, world: World, token: string): Promise<Callback> {
  const parts = readTaskToken(cloudflow.tokenMac, token);
  const found = parts === undefined ? undefined : await findIfKnown(cloudflow, parts.executionId);
  if (parts === undefined || found?.identity.api !== API || !isOfWorld(found.identity.scope, world)) {
    throw badTaskToken();
  }
  const { executionName, executionId, taskEventId } = parts;
  return { scope: found.identity.scope, executionName, executionId, taskEventId };
}

/** The flow that a token names, whether or not the token is genuine. */
export function flowOfTaskToken(token: string): string | undefined {
  return Buffer.from(token, 'base64').toString().split('#')[1];
}

async function findIfKnown({ kernel }: Cloudflow, id: string): Promise<Found | undefined> {
  try {
    return await kernel.find(id);
  } catch (error) {
    if (error instanceof NoSuchExecution) return undefined;
    throw error;
  }
}
