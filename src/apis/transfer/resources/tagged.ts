import { Rejection } from '../../../kernel/errors.ts';
import { unknown } from '../faults.ts';
import type { Tag } from '../model/types.gen.ts';
import { type ResourceName, readArn } from '../names.ts';
import type { Transfer } from '../transfer.ts';
import { shownServerTags } from '../views/server.ts';
import type { World } from '../world.ts';
import { changeHostKey, findHostKey } from './host-keys.ts';
import { writeRecord } from './records.ts';
import { changeServer, findServer } from './servers.ts';
import { changeUser, findUser } from './users.ts';
import { findWorkflow, workflowsOf } from './workflows.ts';

/** A resource as far as its tags go. */
export interface Tagged {
  readonly name: ResourceName;
  /** Those that were set. */
  readonly tags: readonly Tag[];
  /** With those that tell of the resource. */
  readonly shown: readonly Tag[];
  readonly change: (tags: readonly Tag[]) => void;
}

/** The resource that an ARN names; throws ResourceNotFoundException. */
export function findTagged(transfer: Transfer, world: World, arn: string): Tagged {
  const name = readArn(world, arn);
  if (name === undefined) throw unknown('Resource', arn);
  return { name, ...tagsOf(transfer, world, name) };
}

function tagsOf(transfer: Transfer, world: World, name: ResourceName): Omit<Tagged, 'name'> {
  switch (name.kind) {
    case 'server': {
      const server = findServer(transfer, world, name.serverId);
      const change = (Tags: readonly Tag[]) => changeServer(transfer, world, { ...server, Tags });
      return { tags: server.Tags, shown: shownServerTags(transfer, server), change };
    }
    case 'user': {
      const user = findUser(transfer, world, name);
      return ofItself(user.Tags, (Tags) => changeUser(transfer, world, { ...user, Tags }));
    }
    case 'host-key': {
      const key = findHostKey(transfer, world, name);
      return ofItself(key.Tags, (Tags) => changeHostKey(transfer, world, { ...key, Tags }));
    }
    case 'workflow': {
      const workflow = findWorkflow(transfer, world, name.workflowId);
      return ofItself(workflow.Tags, (Tags) =>
        writeRecord(transfer, workflowsOf(world), { id: workflow.id, document: { ...workflow, Tags } }),
      );
    }
    default:
      return name satisfies never;
  }
}

const ofItself = (tags: readonly Tag[], change: Tagged['change']) => ({ tags, shown: tags, change });

/** Those that were set, for access control; none for what does not exist. */
export function lookUpTags(transfer: Transfer, world: World, arn: string): readonly Tag[] {
  const name = readArn(world, arn);
  if (name === undefined) return [];
  try {
    return tagsOf(transfer, world, name).tags;
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
}
