import type { ScopeWorld, VisibleApi } from '../../../apis/api.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { NoSuchExecution } from '../../../kernel/errors.ts';
import type { Found } from '../../../kernel/execution-reader.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { HttpError, type HttpRequest } from '../../http-route.ts';
import { callerOf, mayDo, type OwnAction, refusal } from '../access.ts';

/** An API as far as its executions are shown. */
export type System = Pick<VisibleApi, 'name' | 'executions'>;

/** What showing executions needs of the kernel. */
export type ReadExecutions = Pick<
  Kernel,
  'scopes' | 'openIn' | 'listClosed' | 'find' | 'findOpen' | 'history' | 'durable' | 'watchers'
>;

export interface OwnApiOptions {
  readonly systems: readonly System[];
  readonly kernel: ReadExecutions;
  readonly clock: Clock;
}

/** A system and what one of its scopes stands for. */
export interface Home {
  readonly system: System;
  readonly world: ScopeWorld;
}

export function homeOf(systems: readonly System[], { api, scope }: { api: string; scope: string }): Home {
  const system = systems.find(({ name }) => name === api);
  if (system === undefined) throw new Error(`no API named ${api} is served`);
  return { system, world: system.executions.worldOf(scope) };
}

interface Wanted {
  readonly systems: readonly System[];
  readonly kernel: Pick<Kernel, 'find'>;
  readonly action: OwnAction;
}

/** The execution that the path names. Those of other accounts do not exist for the caller; throws 404 and 403. */
export async function findVisible(request: HttpRequest, { systems, kernel, action }: Wanted): Promise<Found> {
  const call = callerOf(request);
  const { id = '' } = request.params;
  const found = await kernel.find(id).catch((error: unknown) => {
    throw error instanceof NoSuchExecution ? unknown(id) : error;
  });
  // Not everything that the kernel runs is an execution of a system: messages of queues are not.
  if (!systems.some(({ name }) => name === found.identity.api)) throw unknown(id);
  const { world } = homeOf(systems, found.identity);
  if (world.account !== call.account) throw unknown(id);
  if (!mayDo(call, action, world.resource)) throw refusal(action, world.resource);
  return found;
}

const unknown = (id: string): HttpError => new HttpError(404, 'not-found', `There is no execution ${id}`);
