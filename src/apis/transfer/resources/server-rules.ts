import { invalidRequest } from '../faults.ts';
import type { State } from '../model/types.gen.ts';
import type { Server } from './documents.ts';
import { mayChangeNetwork } from './inferred.ts';
import { findSecurityPolicy } from './security-policies.ts';

type Rule = readonly [isBroken: (server: Server) => boolean, message: string];

const uses = ({ Protocols: protocols }: Server, ...names: string[]): boolean =>
  names.some((name) => protocols.includes(name));
const isGiven = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;
const LOG_GROUP = /^arn:[\w-]+:logs:[^:]*:[^:]*:log-group:[^:]+:\*$/;

/** What holds for every server, with what the client is told where it does not. */
const RULES: readonly Rule[] = [
  [
    ({ Protocols: protocols }) => new Set(protocols).size < protocols.length,
    'Protocols must be different from each other',
  ],
  [
    (server) => uses(server, 'FTP', 'FTPS') && server.EndpointType !== 'VPC',
    'FTP and FTPS require the EndpointType VPC',
  ],
  [
    (server) => uses(server, 'FTP', 'FTPS') && server.IdentityProviderType === 'SERVICE_MANAGED',
    'FTP and FTPS require an IdentityProviderType other than SERVICE_MANAGED',
  ],
  [(server) => uses(server, 'FTPS') && server.Certificate === undefined, 'FTPS requires a Certificate'],
  [
    (server) => uses(server, 'AS2') && (server.EndpointType !== 'VPC' || server.Domain !== 'S3'),
    'AS2 requires the EndpointType VPC and the Domain S3',
  ],
  [
    (server) => uses(server, 'FTP') && isGiven(server.EndpointDetails?.AddressAllocationIds),
    'AddressAllocationIds cannot be used with the protocol FTP',
  ],
  [
    ({ ProtocolDetails: details, ...server }) =>
      details?.As2Transports !== undefined && !server.Protocols.includes('AS2'),
    'As2Transports can be set for the protocol AS2 only',
  ],
  [
    ({ ProtocolDetails: details }) =>
      !['', 'AUTO', undefined].includes(details?.PassiveIp) && !IPV4.test(details?.PassiveIp ?? ''),
    'PassiveIp must be an IPv4 address, or AUTO',
  ],
  [
    ({ StructuredLogDestinations: destinations = [] }) => !destinations.every((arn) => LOG_GROUP.test(arn)),
    'StructuredLogDestinations must be the ARN of a log group, ending in :*',
  ],
  [
    ({ S3StorageOptions: options, Domain: domain }) => options !== undefined && domain !== 'S3',
    'S3StorageOptions can be set for the Domain S3 only',
  ],
];

const VPC_MEMBERS = ['AddressAllocationIds', 'SecurityGroupIds', 'SubnetIds', 'VpcId'] as const;

const ENDPOINT_RULES: readonly Rule[] = [
  [
    ({ EndpointType: type, EndpointDetails: details }) =>
      type === 'PUBLIC' && details !== undefined && Object.keys(details).length > 0,
    'EndpointDetails cannot be set for the EndpointType PUBLIC',
  ],
  [
    ({ EndpointType: type, EndpointDetails: details }) => type === 'VPC' && details?.VpcId === undefined,
    'The EndpointType VPC requires a VpcId in EndpointDetails',
  ],
  [
    ({ EndpointType: type, EndpointDetails: details }) =>
      type === 'VPC' && details?.VpcEndpointId !== undefined,
    'VpcEndpointId can be set for the EndpointType VPC_ENDPOINT only',
  ],
  [
    ({ EndpointType: type, EndpointDetails: details }) =>
      type === 'VPC_ENDPOINT' && details?.VpcEndpointId === undefined,
    'The EndpointType VPC_ENDPOINT requires a VpcEndpointId in EndpointDetails',
  ],
  [
    ({ EndpointType: type, EndpointDetails: details }) =>
      type === 'VPC_ENDPOINT' && VPC_MEMBERS.some((name) => details?.[name] !== undefined),
    `${VPC_MEMBERS.join(', ')} can be set for the EndpointType VPC only`,
  ],
  [
    ({ EndpointDetails: details }) =>
      new Set(details?.AddressAllocationIds).size < (details?.AddressAllocationIds ?? []).length,
    'AddressAllocationIds must be different from each other',
  ],
  [
    ({ EndpointDetails: details }) =>
      isGiven(details?.AddressAllocationIds) &&
      details?.AddressAllocationIds?.length !== (details?.SubnetIds ?? []).length,
    'AddressAllocationIds must be as many as SubnetIds',
  ],
  [
    ({ IpAddressType: type, EndpointDetails: details }) =>
      type === 'DUALSTACK' && isGiven(details?.AddressAllocationIds),
    'AddressAllocationIds cannot be used with the IpAddressType DUALSTACK',
  ],
];

const details = (server: Server) => server.IdentityProviderDetails ?? {};
const isOfType = (server: Server, type: Server['IdentityProviderType']): boolean =>
  server.IdentityProviderType === type;

const PROVIDER_RULES: readonly Rule[] = [
  [
    (server) => isOfType(server, 'SERVICE_MANAGED') && Object.keys(details(server)).length > 0,
    'IdentityProviderDetails cannot be set for the IdentityProviderType SERVICE_MANAGED',
  ],
  [
    (server) => isOfType(server, 'API_GATEWAY') && !(details(server).Url && details(server).InvocationRole),
    'The IdentityProviderType API_GATEWAY requires Url and InvocationRole in IdentityProviderDetails',
  ],
  [
    (server) => isOfType(server, 'AWS_LAMBDA') && details(server).Function === undefined,
    'The IdentityProviderType AWS_LAMBDA requires Function in IdentityProviderDetails',
  ],
  [
    (server) => isOfType(server, 'AWS_DIRECTORY_SERVICE') && details(server).DirectoryId === undefined,
    'The IdentityProviderType AWS_DIRECTORY_SERVICE requires DirectoryId in IdentityProviderDetails',
  ],
  [
    (server) =>
      !isOfType(server, 'API_GATEWAY') &&
      (details(server).Url !== undefined || details(server).InvocationRole !== undefined),
    'Url and InvocationRole can be set for the IdentityProviderType API_GATEWAY only',
  ],
  [
    (server) => !isOfType(server, 'AWS_LAMBDA') && details(server).Function !== undefined,
    'Function can be set for the IdentityProviderType AWS_LAMBDA only',
  ],
  [
    (server) => !isOfType(server, 'AWS_DIRECTORY_SERVICE') && details(server).DirectoryId !== undefined,
    'DirectoryId can be set for the IdentityProviderType AWS_DIRECTORY_SERVICE only',
  ],
  [
    (server) =>
      isOfType(server, 'AWS_DIRECTORY_SERVICE') && details(server).SftpAuthenticationMethods !== undefined,
    'SftpAuthenticationMethods can be set for the IdentityProviderTypes AWS_LAMBDA and API_GATEWAY only',
  ],
  [
    (server) =>
      isOfType(server, 'API_GATEWAY') &&
      !/^https?:$/.test(URL.parse(details(server).Url ?? '')?.protocol ?? ''),
    'Url must be an http or https URL',
  ],
];

/** What the vendor has and is not served here. */
const UNSERVED: readonly Rule[] = [
  [
    (server) => uses(server, 'FTP', 'FTPS', 'AS2'),
    'The protocols FTP, FTPS and AS2 are not supported by Orrery yet: servers serve SFTP',
  ],
  [
    (server) => isOfType(server, 'AWS_DIRECTORY_SERVICE'),
    'The IdentityProviderType AWS_DIRECTORY_SERVICE is not supported by Orrery yet',
  ],
];

/** Throws InvalidRequestException, or ResourceNotFoundException, for a server that cannot be as it is. */
function checkServer(server: Server): void {
  for (const rules of [RULES, ENDPOINT_RULES, PROVIDER_RULES, UNSERVED]) {
    const broken = rules.find(([isBroken]) => isBroken(server));
    if (broken !== undefined) throw invalidRequest(broken[1]);
  }
  const { name, isForConnectors } = findSecurityPolicy(server.SecurityPolicyName);
  if (isForConnectors) throw invalidRequest(`The security policy ${name} is for connectors`);
}

/** Throws InvalidRequestException for what cannot be there from the beginning. */
export function checkNewServer(server: Server): void {
  if (server.EndpointDetails?.AddressAllocationIds !== undefined)
    throw invalidRequest('AddressAllocationIds cannot be set in CreateServer');
  checkServer(server);
}

/** Throws InvalidRequestException for a change that is not possible at all, or not in this state. */
export function checkChange(before: Server, after: Server, state: State): void {
  checkEndpointChange(before, after);
  checkServer(after);
  if (mayChangeNetwork(state)) return;
  const changed = changedNetwork(before, after);
  if (changed !== undefined)
    throw invalidRequest(`${changed} can be changed only while the server is OFFLINE`);
}

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_EndpointDetails.html */
function checkEndpointChange(before: Server, after: Server): void {
  if (after.EndpointType !== 'VPC') return;
  const [was = {}, is = {}] = [before.EndpointDetails, after.EndpointDetails];
  const isChanged = (name: 'AddressAllocationIds' | 'SecurityGroupIds' | 'SubnetIds'): boolean =>
    JSON.stringify(is[name]?.toSorted() ?? []) !== JSON.stringify(was[name]?.toSorted() ?? []);
  if (was.VpcId !== undefined && is.VpcId !== was.VpcId)
    throw invalidRequest('Changing VpcId is not supported');
  if (before.EndpointType === 'VPC' && isChanged('SecurityGroupIds'))
    throw invalidRequest('SecurityGroupIds can be changed only together with the EndpointType');
  if (isChanged('SubnetIds') && isChanged('AddressAllocationIds'))
    throw invalidRequest('SubnetIds and AddressAllocationIds cannot be updated simultaneously');
}

function changedNetwork(before: Server, after: Server): string | undefined {
  if (before.EndpointType !== after.EndpointType) return 'EndpointType';
  if ((before.IpAddressType ?? 'IPV4') !== (after.IpAddressType ?? 'IPV4')) return 'IpAddressType';
  const addresses = (server: Server) => JSON.stringify(server.EndpointDetails?.AddressAllocationIds ?? []);
  return addresses(before) === addresses(after) ? undefined : 'AddressAllocationIds';
}
