import type { OperationName } from './model/types.gen.ts';
import { createServer } from './operations/create-server.ts';
import { createUser } from './operations/create-user.ts';
import { deleteHostKey } from './operations/delete-host-key.ts';
import { deleteServer } from './operations/delete-server.ts';
import { deleteSshPublicKey } from './operations/delete-ssh-public-key.ts';
import { deleteUser } from './operations/delete-user.ts';
import { describeHostKey } from './operations/describe-host-key.ts';
import { describeSecurityPolicy } from './operations/describe-security-policy.ts';
import { describeServer } from './operations/describe-server.ts';
import { describeUser } from './operations/describe-user.ts';
import { importHostKey } from './operations/import-host-key.ts';
import { importSshPublicKey } from './operations/import-ssh-public-key.ts';
import { listHostKeys } from './operations/list-host-keys.ts';
import { listSecurityPolicies } from './operations/list-security-policies.ts';
import { listServers } from './operations/list-servers.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listUsers } from './operations/list-users.ts';
import { startServer } from './operations/start-server.ts';
import { stopServer } from './operations/stop-server.ts';
import { tagResource } from './operations/tag-resource.ts';
import { testIdentityProvider } from './operations/test-identity-provider.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateHostKey } from './operations/update-host-key.ts';
import { updateServer } from './operations/update-server.ts';
import { updateUser } from './operations/update-user.ts';
import { unsupportedOperations } from './unsupported.ts';
import { workflowOperations } from './workflow-operations.ts';

/** Every operation of the vendor under its name: each in the file named after it. */
export const operations = {
  ...unsupportedOperations,
  ...workflowOperations,
  CreateServer: createServer,
  CreateUser: createUser,
  DeleteHostKey: deleteHostKey,
  DeleteServer: deleteServer,
  DeleteSshPublicKey: deleteSshPublicKey,
  DeleteUser: deleteUser,
  DescribeHostKey: describeHostKey,
  DescribeSecurityPolicy: describeSecurityPolicy,
  DescribeServer: describeServer,
  DescribeUser: describeUser,
  ImportHostKey: importHostKey,
  ImportSshPublicKey: importSshPublicKey,
  ListHostKeys: listHostKeys,
  ListSecurityPolicies: listSecurityPolicies,
  ListServers: listServers,
  ListTagsForResource: listTagsForResource,
  ListUsers: listUsers,
  StartServer: startServer,
  StopServer: stopServer,
  TagResource: tagResource,
  TestIdentityProvider: testIdentityProvider,
  UntagResource: untagResource,
  UpdateHostKey: updateHostKey,
  UpdateServer: updateServer,
  UpdateUser: updateUser,
} as const satisfies Partial<Record<OperationName, unknown>>;
