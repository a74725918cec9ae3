import { lookUpUser } from '../resources/users.ts';
import type { Transfer } from '../transfer.ts';
import type { Identification, LoginQuestion, ServerPlace } from './identified-user.ts';

/** Users that are registered here have keys and no passwords. */
export function identifyServiceManaged(
  transfer: Transfer,
  { world, server }: ServerPlace,
  { userName, password }: LoginQuestion,
): Identification {
  const user = lookUpUser(transfer, world, { serverId: server.id, userName });
  const answer = { statusCode: 200, url: '', response: '' };
  if (user === undefined) return { ...answer, message: 'Unknown user' };
  if (password) return { ...answer, message: 'Users of this server log in by keys' };
  return {
    ...answer,
    message: '',
    user: {
      role: user.Role,
      homeDirectory: user.HomeDirectory,
      homeDirectoryType: user.HomeDirectoryType,
      homeDirectoryMappings: user.HomeDirectoryMappings,
      policy: user.Policy,
      posixProfile: user.PosixProfile,
      publicKeys: user.SshPublicKeys.map(({ body }) => body),
    },
  };
}
