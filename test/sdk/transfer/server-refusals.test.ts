import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateServerCommandInput } from '@aws-sdk/client-transfer';
import { FUNCTION, LOG_GROUP, openWorld, ROLE, refuses, VPC } from './transfer-client.ts';

/** What cannot be created, with a word of the reason. */
const REFUSED: readonly (readonly [CreateServerCommandInput, RegExp])[] = [
  [{ Protocols: ['SFTP', 'SFTP'] }, /different/],
  [{ Protocols: ['FTP'] }, /EndpointType VPC/],
  [{ Protocols: ['FTPS'], EndpointType: 'VPC_ENDPOINT' }, /EndpointType VPC/],
  [{ Protocols: ['FTP'], EndpointType: 'VPC', EndpointDetails: VPC }, /SERVICE_MANAGED/],
  [
    {
      Protocols: ['FTPS'],
      EndpointType: 'VPC',
      EndpointDetails: VPC,
      IdentityProviderType: 'AWS_LAMBDA',
      IdentityProviderDetails: { Function: FUNCTION },
    },
    /Certificate/,
  ],
  [{ Protocols: ['AS2'] }, /AS2 requires/],
  [{ Protocols: ['AS2'], EndpointType: 'VPC', EndpointDetails: VPC, Domain: 'EFS' }, /AS2 requires/],
  [{ Protocols: ['AS2'], EndpointType: 'VPC', EndpointDetails: VPC }, /not supported by Orrery yet/],
  [
    {
      Protocols: ['FTP', 'SFTP'],
      EndpointType: 'VPC',
      EndpointDetails: VPC,
      IdentityProviderType: 'AWS_LAMBDA',
      IdentityProviderDetails: { Function: FUNCTION },
    },
    /not supported by Orrery yet/,
  ],
  [{ EndpointDetails: VPC }, /PUBLIC/],
  [{ EndpointType: 'VPC' }, /VpcId/],
  [
    { EndpointType: 'VPC', EndpointDetails: { ...VPC, VpcEndpointId: 'vpce-0123456789abcdef0' } },
    /VPC_ENDPOINT/,
  ],
  [{ EndpointType: 'VPC_ENDPOINT', EndpointDetails: {} }, /VpcEndpointId/],
  [
    { EndpointType: 'VPC_ENDPOINT', EndpointDetails: { ...VPC, VpcEndpointId: 'vpce-0123456789abcdef0' } },
    /EndpointType VPC only/,
  ],
  [
    { EndpointType: 'VPC', EndpointDetails: { ...VPC, AddressAllocationIds: ['eipalloc-1', 'eipalloc-2'] } },
    /^AddressAllocationIds cannot be set in CreateServer$/,
  ],
  [{ IdentityProviderDetails: { Function: FUNCTION } }, /SERVICE_MANAGED/],
  [{ IdentityProviderDetails: { SftpAuthenticationMethods: 'PASSWORD' } }, /SERVICE_MANAGED/],
  [{ IdentityProviderType: 'AWS_LAMBDA' }, /requires Function/],
  [{ IdentityProviderType: 'API_GATEWAY', IdentityProviderDetails: { Url: 'https://x' } }, /InvocationRole/],
  [
    {
      IdentityProviderType: 'API_GATEWAY',
      IdentityProviderDetails: { Url: 'ftp://x', InvocationRole: ROLE },
    },
    /Url must be/,
  ],
  [
    {
      IdentityProviderType: 'AWS_LAMBDA',
      IdentityProviderDetails: { Function: FUNCTION, DirectoryId: 'd-0123456789' },
    },
    /DirectoryId/,
  ],
  [
    { IdentityProviderType: 'AWS_LAMBDA', IdentityProviderDetails: { Function: FUNCTION, Url: 'https://x' } },
    /API_GATEWAY only/,
  ],
  [{ IdentityProviderType: 'AWS_DIRECTORY_SERVICE' }, /requires DirectoryId/],
  [
    {
      IdentityProviderType: 'AWS_DIRECTORY_SERVICE',
      IdentityProviderDetails: { DirectoryId: 'd-0123456789' },
    },
    /not supported by Orrery yet/,
  ],
  [{ ProtocolDetails: { As2Transports: ['HTTP'] } }, /AS2 only/],
  [{ ProtocolDetails: { PassiveIp: '10.0.0.256' } }, /PassiveIp/],
  [{ ProtocolDetails: { PassiveIp: '10.0.0' } }, /PassiveIp/],
  [{ StructuredLogDestinations: [LOG_GROUP.slice(0, -2)] }, /:\*/],
  [{ StructuredLogDestinations: ['arn:aws:s3:::bucket-of-logs:*'] }, /log group/],
  [{ Domain: 'EFS', S3StorageOptions: { DirectoryListingOptimization: 'ENABLED' } }, /Domain S3/],
  [{ SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03' }, /for connectors/],
  [{ HostKey: 'no key' }, /host key/],
  [{ Tags: [{ Key: 'aws:mine', Value: '' }] }, /reserved/],
  [
    {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
    },
    /different/,
  ],
  [{ Tags: [{ Key: 'orrery:listen', Value: 'everywhere' }] }, /HOST:PORT/],
  [{ Tags: [{ Key: 'orrery:listen', Value: '127.0.0.1:65536' }] }, /HOST:PORT/],
  [{ PreAuthenticationLoginBanner: 'grüß dich' }, /preAuthenticationLoginBanner/],
  [
    { SecurityPolicyName: 'Mine' },
    /^1 validation error detected: Value 'Mine' at 'securityPolicyName' failed/,
  ],
];

test('what does not go together is refused with the reason, and nothing is made', async (t) => {
  const { client, createServer, listeners } = await openWorld(t);
  for (const [input, message] of REFUSED) {
    await refuses(createServer(input), 'InvalidRequestException', { message });
  }
  await refuses(
    createServer({ SecurityPolicyName: 'TransferSecurityPolicy-1999-12' }),
    'ResourceNotFoundException',
    { resource: ['SecurityPolicy', 'TransferSecurityPolicy-1999-12'] },
  );
  const OnUpload = [{ WorkflowId: 'w-0123456789abcdefg', ExecutionRole: ROLE }];
  await refuses(createServer({ WorkflowDetails: { OnUpload } }), 'ResourceNotFoundException', {
    message: 'Unknown workflow',
    resource: ['Workflow', 'w-0123456789abcdefg'],
  });
  assert.deepEqual((await client.listServers({})).Servers, []);
  assert.deepEqual(listeners.followed, []);
});
