import { alreadyExists, invalidRequest, unknown } from '../faults.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { User } from './documents.ts';
import { byCreation, creationKey, removeRecord, writeRecord } from './records.ts';

const usersOf = ({ account, region }: World, serverId: string): string =>
  `transfer-users/${account}/${region}/${serverId}`;

/** A user of a server, by both names. */
export interface UserName {
  readonly serverId: string;
  readonly userName: string;
}

export function lookUpUser({ kernel }: Transfer, world: World, name: UserName): User | undefined {
  return kernel.records.get<User>(usersOf(world, name.serverId), name.userName)?.document;
}

/** Throws ResourceNotFoundException. */
export function findUser(transfer: Transfer, world: World, name: UserName): User {
  const user = lookUpUser(transfer, world, name);
  if (user === undefined) throw unknown('User', name.userName);
  return user;
}

/** Throws ResourceExistsException, or InvalidRequestException when the quota is used up. */
export function addUser(transfer: Transfer, world: World, user: User): void {
  const { serverId, UserName: userName } = user;
  if (lookUpUser(transfer, world, { serverId, userName }) !== undefined) {
    throw alreadyExists('User', userName);
  }
  const most = transfer.limits.users;
  if (countUsers(transfer, world, serverId) >= most) {
    throw invalidRequest(`The limit of ${most} users of a server is reached`);
  }
  changeUser(transfer, world, user);
}

export function changeUser(transfer: Transfer, world: World, user: User): void {
  writeRecord(transfer, usersOf(world, user.serverId), { id: user.UserName, document: user });
}

/** Throws ResourceNotFoundException. */
export function removeUser(transfer: Transfer, world: World, name: UserName): void {
  findUser(transfer, world, name);
  removeRecord(transfer, usersOf(world, name.serverId), name.userName);
}

export function removeUsers(transfer: Transfer, world: World, serverId: string): void {
  for (const { UserName: userName } of listUsers(transfer, world, serverId)) {
    removeRecord(transfer, usersOf(world, serverId), userName);
  }
}

export function countUsers({ kernel }: Transfer, world: World, serverId: string): number {
  return kernel.records.count(usersOf(world, serverId));
}

/** In order of creation. */
export function listUsers({ kernel }: Transfer, world: World, serverId: string): readonly User[] {
  return kernel.records
    .list<User>(usersOf(world, serverId))
    .map(({ document }) => document)
    .sort(byCreation(userKey));
}

export const userKey = ({ createdAt, UserName: name }: User): string => creationKey(createdAt, name);
