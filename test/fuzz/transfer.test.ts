import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { OperationName } from '../../src/apis/transfer/model/types.gen.ts';
import { operations } from '../../src/apis/transfer/operations.ts';
import type { unsupportedOperations } from '../../src/apis/transfer/unsupported.ts';
import { HOST_KEYS, ROLE, USER_KEYS } from '../sdk/transfer/transfer-client.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { type RawAnswer, RawCaller } from '../support/raw-call.ts';
import { account, startServer, type TestServer } from '../support/start-server.ts';
import { transferParts } from '../support/transfer-parts.ts';
import { createRandom, mutate } from './mutate.ts';

/** Requests to each operation: few by default, thousands by hand. */
const ROUNDS = Number(process.env.ORRERY_FUZZ_ROUNDS ?? 40);
const SEED = Number(process.env.ORRERY_FUZZ_SEED ?? 1);

/** Of any operation, whatever its own faults. */
const COMMON = ['InvalidRequestException', 'SerializationException', 'RequestEntityTooLarge'];
/** Unknown resources and policies have this fault although the model does not say so. */
const UNMODELLED: Readonly<Record<string, readonly string[]>> = {
  ListTagsForResource: ['ResourceNotFoundException'],
};

interface Model {
  readonly operations: Readonly<Record<string, { readonly errors?: readonly { readonly shape: string }[] }>>;
}

const model = JSON.parse(
  readFileSync(new URL('../../models/transfer.json', import.meta.url), 'utf8'),
) as Model;

/** What good requests refer to. */
interface Situation {
  readonly serverId: string;
  /** A server whose users a function knows. */
  readonly providerServerId: string;
  readonly arn: string;
  readonly hostKeyId: string;
  readonly sshKeyId: string;
  readonly workflowId: string;
  readonly token: string;
}

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
const tags = [
  { Key: 'a', Value: 'b' },
  { Key: 'orrery:listen', Value: '127.0.0.1:2222' },
];
const home = {
  Role: ROLE,
  HomeDirectory: '/b',
  HomeDirectoryType: 'LOGICAL',
  HomeDirectoryMappings: [{ Entry: '/', Target: '/bucket/x', Type: 'DIRECTORY' }],
  Policy: POLICY,
  PosixProfile: { Uid: 1, Gid: 2, SecondaryGids: [3] },
};
const serverSettings = {
  Certificate: 'arn:aws:acm:x',
  EndpointDetails: { VpcId: 'vpc-1', SubnetIds: ['s'], SecurityGroupIds: ['sg-01234567'] },
  EndpointType: 'VPC',
  HostKey: HOST_KEYS.ed25519,
  IdentityProviderType: 'AWS_LAMBDA',
  IdentityProviderDetails: {
    Function: 'arn:aws:lambda:x:y:function:f',
    SftpAuthenticationMethods: 'PASSWORD',
  },
  LoggingRole: ROLE,
  PreAuthenticationLoginBanner: 'x',
  Protocols: ['SFTP'],
  ProtocolDetails: { SetStatOption: 'DEFAULT', PassiveIp: 'AUTO' },
  SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  WorkflowDetails: { OnUpload: [], OnPartialUpload: [] },
  StructuredLogDestinations: ['arn:aws:logs:r:a:log-group:x:*'],
  S3StorageOptions: { DirectoryListingOptimization: 'ENABLED' },
  IpAddressType: 'IPV4',
};

const PROVIDER_ANSWER = {
  ...home,
  HomeDirectoryMappings: undefined,
  HomeDirectoryDetails: '[{"Entry":"/","Target":"/bucket"}]',
};

const place = { S3FileLocation: { Bucket: 'out', Key: `\${Transfer:UserName}/` } };
const steps = [
  {
    Type: 'COPY',
    CopyStepDetails: {
      Name: 'copy',
      DestinationFileLocation: place,
      OverwriteExisting: 'TRUE',
      SourceFileLocation: `\${original.file}`,
    },
  },
  { Type: 'TAG', TagStepDetails: { Name: 'tag', Tags: [{ Key: 'k', Value: 'v' }] } },
  {
    Type: 'CUSTOM',
    CustomStepDetails: { Name: 'check', Target: 'arn:aws:lambda:x:y:function:f', TimeoutSeconds: 60 },
  },
  { Type: 'DECRYPT', DecryptStepDetails: { Type: 'PGP', DestinationFileLocation: place } },
  { Type: 'DELETE', DeleteStepDetails: { SourceFileLocation: `\${previous.file}` } },
];
const ExecutionId = '00000000-0000-0000-0000-000000000000';

const SAMPLES: Partial<Record<OperationName, (of: Situation) => object>> = {
  CreateServer: () => ({ Domain: 'S3', Tags: tags, ...serverSettings }),
  UpdateServer: ({ serverId }) => {
    const { EndpointDetails: _, EndpointType: __, ...settings } = serverSettings;
    return { ServerId: serverId, ...settings };
  },
  DescribeServer: ({ serverId }) => ({ ServerId: serverId }),
  ListServers: ({ token }) => ({ MaxResults: 1, NextToken: token }),
  StartServer: ({ serverId }) => ({ ServerId: serverId }),
  StopServer: ({ serverId }) => ({ ServerId: serverId }),
  DeleteServer: ({ serverId }) => ({ ServerId: serverId }),
  CreateUser: ({ serverId }) => ({
    ServerId: serverId,
    UserName: 'bob',
    SshPublicKeyBody: USER_KEYS.rsa,
    Tags: tags.slice(0, 1),
    ...home,
  }),
  UpdateUser: ({ serverId }) => ({ ServerId: serverId, UserName: 'alice', ...home }),
  DescribeUser: ({ serverId }) => ({ ServerId: serverId, UserName: 'alice' }),
  ListUsers: ({ serverId }) => ({ ServerId: serverId, MaxResults: 1 }),
  DeleteUser: ({ serverId }) => ({ ServerId: serverId, UserName: 'alice' }),
  ImportSshPublicKey: ({ serverId }) => ({
    ServerId: serverId,
    UserName: 'alice',
    SshPublicKeyBody: USER_KEYS.ed25519,
  }),
  DeleteSshPublicKey: ({ serverId, sshKeyId }) => ({
    ServerId: serverId,
    UserName: 'alice',
    SshPublicKeyId: sshKeyId,
  }),
  ImportHostKey: ({ serverId }) => ({
    ServerId: serverId,
    HostKeyBody: HOST_KEYS.ecdsa,
    Description: 'd',
    Tags: tags.slice(0, 1),
  }),
  UpdateHostKey: ({ serverId, hostKeyId }) => ({
    ServerId: serverId,
    HostKeyId: hostKeyId,
    Description: 'd',
  }),
  DescribeHostKey: ({ serverId, hostKeyId }) => ({ ServerId: serverId, HostKeyId: hostKeyId }),
  ListHostKeys: ({ serverId }) => ({ ServerId: serverId, MaxResults: 1 }),
  DeleteHostKey: ({ serverId, hostKeyId }) => ({ ServerId: serverId, HostKeyId: hostKeyId }),
  ListSecurityPolicies: () => ({ MaxResults: 3 }),
  DescribeSecurityPolicy: () => ({ SecurityPolicyName: 'TransferSecurityPolicy-2024-01' }),
  TagResource: ({ arn }) => ({ Arn: arn, Tags: tags }),
  UntagResource: ({ arn }) => ({ Arn: arn, TagKeys: ['a'] }),
  ListTagsForResource: ({ arn }) => ({ Arn: arn, MaxResults: 1 }),
  CreateWorkflow: () => ({ Description: 'd', Steps: steps, OnExceptionSteps: steps, Tags: tags.slice(0, 1) }),
  DescribeWorkflow: ({ workflowId }) => ({ WorkflowId: workflowId }),
  ListWorkflows: () => ({ MaxResults: 1 }),
  DeleteWorkflow: ({ workflowId }) => ({ WorkflowId: workflowId }),
  DescribeExecution: ({ workflowId }) => ({ WorkflowId: workflowId, ExecutionId }),
  ListExecutions: ({ workflowId }) => ({ WorkflowId: workflowId, MaxResults: 1 }),
  SendWorkflowStepState: ({ workflowId }) => ({
    WorkflowId: workflowId,
    ExecutionId,
    Token: 'abc',
    Status: 'SUCCESS',
  }),
  TestIdentityProvider: ({ providerServerId }) => ({
    ServerId: providerServerId,
    UserName: 'alice',
    UserPassword: 'x',
    ServerProtocol: 'SFTP',
    SourceIp: '127.0.0.1',
  }),
};

let server: TestServer;
let caller: RawCaller;

before(async () => {
  const limits = { 'transfer.servers': 0, 'transfer.workflows': 0 };
  const random = createRandom(SEED);
  const callFunction = async (): Promise<string> => mutate(random, PROVIDER_ANSWER);
  server = await startServer({ clock: createFixedClock(), transfer: transferParts(), limits, callFunction });
  caller = new RawCaller(server, 'transfer');
});

after(async () => {
  await server.stop();
  caller.close();
});

const call = (operation: string, body: string | object): Promise<RawAnswer> =>
  caller.call({ target: `TransferService.${operation}`, body });

async function must(operation: OperationName, body: object): Promise<Record<string, string>> {
  const { status, body: text } = await call(operation, body);
  assert.equal(status, 200, `${operation}: ${text}`);
  return JSON.parse(text);
}

async function prepare(): Promise<Situation> {
  const { ServerId: serverId = '' } = await must('CreateServer', { HostKey: HOST_KEYS.ecdsa });
  const { IdentityProviderType, IdentityProviderDetails } = serverSettings;
  const { ServerId: providerServerId = '' } = await must('CreateServer', {
    HostKey: HOST_KEYS.ecdsa,
    IdentityProviderType,
    IdentityProviderDetails,
  });
  await must('CreateUser', { ServerId: serverId, UserName: 'alice', Role: ROLE });
  const { SshPublicKeyId: sshKeyId = '' } = await must('ImportSshPublicKey', {
    ServerId: serverId,
    UserName: 'alice',
    SshPublicKeyBody: USER_KEYS.ecdsa,
  });
  const { HostKeyId: hostKeyId = '' } = await must('ImportHostKey', {
    ServerId: serverId,
    HostKeyBody: HOST_KEYS.ed25519,
  });
  const { WorkflowId: workflowId = '' } = await must('CreateWorkflow', { Steps: steps });
  const { NextToken: token = '' } = await must('ListServers', { MaxResults: 1 });
  const arn = `arn:aws:transfer:us-east-1:${account}:server/${serverId}`;
  return { serverId, providerServerId, arn, hostKeyId, sshKeyId, workflowId, token };
}

function checkAnswer(operation: string, { status, body, headers }: RawAnswer): string {
  if (status === 200) {
    assert.ok(body === '' || typeof JSON.parse(body) === 'object');
    return 'success';
  }
  const { __type: type, Message: message } = JSON.parse(body);
  assert.equal(typeof message, 'string');
  assert.equal(headers['x-amzn-errortype'], type);
  const allowed = [
    ...COMMON,
    ...(model.operations[operation]?.errors ?? []).map(({ shape }) => shape),
    ...(UNMODELLED[operation] ?? []),
  ];
  assert.ok(allowed.includes(type), `${type}: ${message.slice(0, 200)}`);
  assert.equal(status, type === 'RequestEntityTooLarge' ? 413 : 400);
  return type;
}

test('every operation has a sample here, or says that it is not supported', async () => {
  const names = Object.keys(operations) as OperationName[];
  assert.deepEqual(names.toSorted(), Object.keys(model.operations).sort());
  for (const name of names.filter((one) => SAMPLES[one] === undefined))
    assert.throws(operations[name as keyof typeof unsupportedOperations], /not supported by Orrery yet/);
});

for (const [index, [name, sample]] of Object.entries(SAMPLES).entries()) {
  test(`${name} survives ${ROUNDS} mutated requests`, async (context) => {
    const random = createRandom(SEED * 1_000 + index);
    const counts: Record<string, number> = {};
    let situation = await prepare();
    for (let round = 0; round < ROUNDS; round++) {
      const body = mutate(random, sample(situation));
      const answer = await call(name, body);
      try {
        const outcome = checkAnswer(name, answer);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (outcome === 'success' && name.startsWith('Delete')) situation = await prepare();
      } catch (error) {
        throw new Error(`round ${round} of seed ${SEED}: ${body.slice(0, 2_000)}`, { cause: error });
      }
    }
    context.diagnostic(`${name}: ${JSON.stringify(counts)}`);
    assert.deepEqual(server.takeErrors(), []);
  });
}
