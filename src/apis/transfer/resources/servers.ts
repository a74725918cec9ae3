import { invalidRequest, unknown } from '../faults.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Server } from './documents.ts';
import { removeHostKeys } from './host-keys.ts';
import { byCreation, creationKey, removeRecord, writeRecord } from './records.ts';
import { removeUsers } from './users.ts';

/** One collection for all worlds, so that all servers can be found when the process starts. */
const SERVERS = 'transfer-servers';

export interface ServerOfWorld {
  readonly world: World;
  readonly server: Server;
}

const recordId = ({ account, region }: World, id: string): string => `${account}/${region}/${id}`;

export function lookUpServer({ kernel }: Transfer, world: World, id: string): Server | undefined {
  return kernel.records.get<Server>(SERVERS, recordId(world, id))?.document;
}

/** Throws ResourceNotFoundException. */
export function findServer(transfer: Transfer, world: World, id: string): Server {
  const server = lookUpServer(transfer, world, id);
  if (server === undefined) throw unknown('Server', id);
  return server;
}

/** Throws InvalidRequestException when the quota is used up. */
export function addServer(transfer: Transfer, world: World, server: Server): void {
  const most = transfer.limits.servers;
  if (listServers(transfer, world).length >= most) {
    throw invalidRequest(`The limit of ${most} servers is reached`);
  }
  changeServer(transfer, world, server);
}

export function changeServer(transfer: Transfer, world: World, server: Server): void {
  writeRecord(transfer, SERVERS, { id: recordId(world, server.id), document: server });
}

/** With its users and keys. */
export function removeServer(transfer: Transfer, world: World, id: string): void {
  removeRecord(transfer, SERVERS, recordId(world, id));
  removeUsers(transfer, world, id);
  removeHostKeys(transfer, world, id);
}

/** In order of creation. */
export function listServers(transfer: Transfer, world: World): readonly Server[] {
  return allServers(transfer)
    .filter((entry) => entry.world.account === world.account && entry.world.region === world.region)
    .map(({ server }) => server)
    .sort(byCreation(serverKey));
}

/** Of every account and region. */
export function allServers({ kernel }: Transfer): readonly ServerOfWorld[] {
  return kernel.records.list<Server>(SERVERS).map(({ id, document }) => {
    const [account = '', region = ''] = id.split('/');
    return { world: { account, region }, server: document };
  });
}

export const serverKey = ({ createdAt, id }: Server): string => creationKey(createdAt, id);
