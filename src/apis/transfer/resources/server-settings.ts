import type { CreateServerRequest, UpdateServerRequest, WorkflowDetails } from '../model/types.gen.ts';
import { newId } from '../names.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { Server } from './documents.ts';
import { merged } from './inferred.ts';
import { DEFAULT_SECURITY_POLICY } from './security-policies.ts';
import { newTags } from './tags.ts';
import { findWorkflow } from './workflows.ts';

/** The server that a request describes, with the vendor's defaults; nothing of it has been checked. */
export function newServer(transfer: Transfer, input: CreateServerRequest): Server {
  return {
    id: newId('s'),
    createdAt: transfer.creationTime('server'),
    isStarted: true,
    Domain: input.Domain ?? 'S3',
    Protocols: input.Protocols ?? ['SFTP'],
    IdentityProviderType: input.IdentityProviderType ?? 'SERVICE_MANAGED',
    IdentityProviderDetails: merged(undefined, input.IdentityProviderDetails),
    EndpointType: input.EndpointType ?? 'PUBLIC',
    EndpointDetails: merged(undefined, input.EndpointDetails),
    IpAddressType: input.IpAddressType ?? 'IPV4',
    ProtocolDetails: input.ProtocolDetails,
    S3StorageOptions: input.S3StorageOptions,
    WorkflowDetails: withoutEmpty(input.WorkflowDetails),
    SecurityPolicyName: input.SecurityPolicyName || DEFAULT_SECURITY_POLICY,
    ...clearable(input),
    Tags: newTags(input.Tags),
  };
}

/** The server as it becomes by an update: what the request does not name stays. */
export function changedServer(before: Server, input: UpdateServerRequest): Server {
  const type = input.IdentityProviderType ?? before.IdentityProviderType;
  const hasNewProvider = type !== before.IdentityProviderType;
  const endpointType = input.EndpointType ?? before.EndpointType;
  const keepsEndpoint = endpointType === before.EndpointType;
  const { ServerId: _id, HostKey: _key, ...given } = input;
  return {
    ...before,
    ...given,
    ...clearable(given),
    IdentityProviderDetails: merged(
      hasNewProvider ? undefined : before.IdentityProviderDetails,
      input.IdentityProviderDetails,
    ),
    EndpointDetails: merged(keepsEndpoint ? before.EndpointDetails : undefined, input.EndpointDetails),
    ProtocolDetails: merged(before.ProtocolDetails, input.ProtocolDetails),
    S3StorageOptions: merged(before.S3StorageOptions, input.S3StorageOptions),
    WorkflowDetails: withoutEmpty(merged(before.WorkflowDetails, input.WorkflowDetails)),
    SecurityPolicyName: input.SecurityPolicyName || before.SecurityPolicyName,
  };
}

const CLEARABLE = [
  'Certificate',
  'LoggingRole',
  'PreAuthenticationLoginBanner',
  'PostAuthenticationLoginBanner',
] as const;

/** Members that an empty text, or an empty list, takes away. */
function clearable(input: UpdateServerRequest | CreateServerRequest): Partial<Server> {
  const texts = CLEARABLE.filter((name) => input[name] !== undefined).map((name) => [
    name,
    input[name] || undefined,
  ]);
  const destinations = input.StructuredLogDestinations;
  if (destinations !== undefined)
    texts.push(['StructuredLogDestinations', destinations.length === 0 ? undefined : destinations] as never);
  return Object.fromEntries(texts);
}

/** An empty list detaches. */
function withoutEmpty(details: WorkflowDetails | undefined): WorkflowDetails | undefined {
  const attached = Object.entries(details ?? {}).filter(([, list]) => list.length > 0);
  return attached.length === 0 ? undefined : Object.fromEntries(attached);
}

/** Throws ResourceNotFoundException when a workflow that is attached does not exist. */
export function checkWorkflows(transfer: Transfer, world: World, server: Server): void {
  const { OnUpload: whole = [], OnPartialUpload: partial = [] } = server.WorkflowDetails ?? {};
  for (const { WorkflowId: id } of [...whole, ...partial]) findWorkflow(transfer, world, id);
}
