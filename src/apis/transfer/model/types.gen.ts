// Generated from models/transfer.json and models/transfer.overrides.json by `npm run generate`; do not edit.

export type OperationName =
  | 'CreateAccess'
  | 'CreateAgreement'
  | 'CreateConnector'
  | 'CreateProfile'
  | 'CreateServer'
  | 'CreateUser'
  | 'CreateWebApp'
  | 'CreateWorkflow'
  | 'DeleteAccess'
  | 'DeleteAgreement'
  | 'DeleteCertificate'
  | 'DeleteConnector'
  | 'DeleteHostKey'
  | 'DeleteProfile'
  | 'DeleteServer'
  | 'DeleteSshPublicKey'
  | 'DeleteUser'
  | 'DeleteWebApp'
  | 'DeleteWebAppCustomization'
  | 'DeleteWorkflow'
  | 'DescribeAccess'
  | 'DescribeAgreement'
  | 'DescribeCertificate'
  | 'DescribeConnector'
  | 'DescribeExecution'
  | 'DescribeHostKey'
  | 'DescribeProfile'
  | 'DescribeSecurityPolicy'
  | 'DescribeServer'
  | 'DescribeUser'
  | 'DescribeWebApp'
  | 'DescribeWebAppCustomization'
  | 'DescribeWorkflow'
  | 'ImportCertificate'
  | 'ImportHostKey'
  | 'ImportSshPublicKey'
  | 'ListAccesses'
  | 'ListAgreements'
  | 'ListCertificates'
  | 'ListConnectors'
  | 'ListExecutions'
  | 'ListFileTransferResults'
  | 'ListHostKeys'
  | 'ListProfiles'
  | 'ListSecurityPolicies'
  | 'ListServers'
  | 'ListTagsForResource'
  | 'ListUsers'
  | 'ListWebApps'
  | 'ListWorkflows'
  | 'SendWorkflowStepState'
  | 'StartDirectoryListing'
  | 'StartFileTransfer'
  | 'StartRemoteDelete'
  | 'StartRemoteMove'
  | 'StartServer'
  | 'StopServer'
  | 'TagResource'
  | 'TestConnection'
  | 'TestIdentityProvider'
  | 'UntagResource'
  | 'UpdateAccess'
  | 'UpdateAgreement'
  | 'UpdateCertificate'
  | 'UpdateConnector'
  | 'UpdateHostKey'
  | 'UpdateProfile'
  | 'UpdateServer'
  | 'UpdateUser'
  | 'UpdateWebApp'
  | 'UpdateWebAppCustomization';

export type FaultName =
  | 'AccessDeniedException'
  | 'ConflictException'
  | 'InternalServiceError'
  | 'InvalidNextTokenException'
  | 'InvalidRequestException'
  | 'ResourceExistsException'
  | 'ResourceNotFoundException'
  | 'ServiceUnavailableException'
  | 'ThrottlingException';

export type AgreementStatusType =
  | 'ACTIVE'
  | 'INACTIVE';

export interface As2AsyncMdnConnectorConfig {
  readonly Url?: string;
  readonly ServerIds?: readonly string[];
}

export interface As2ConnectorConfig {
  readonly LocalProfileId?: string;
  readonly PartnerProfileId?: string;
  readonly MessageSubject?: string;
  readonly Compression?: CompressionEnum;
  readonly EncryptionAlgorithm?: EncryptionAlg;
  readonly SigningAlgorithm?: SigningAlg;
  readonly MdnSigningAlgorithm?: MdnSigningAlg;
  readonly MdnResponse?: MdnResponse;
  readonly BasicAuthSecretId?: string;
  readonly PreserveContentType?: PreserveContentType;
  readonly AsyncMdnConfig?: As2AsyncMdnConnectorConfig;
}

export type As2Transport =
  | 'HTTP';

export type CertificateStatusType =
  | 'ACTIVE'
  | 'PENDING_ROTATION'
  | 'INACTIVE';

export type CertificateType =
  | 'CERTIFICATE'
  | 'CERTIFICATE_WITH_PRIVATE_KEY';

export type CertificateUsageType =
  | 'SIGNING'
  | 'ENCRYPTION'
  | 'TLS';

export type CompressionEnum =
  | 'ZLIB'
  | 'DISABLED';

export interface ConnectorEgressConfig {
  readonly VpcLattice?: ConnectorVpcLatticeEgressConfig;
}

export type ConnectorEgressType =
  | 'SERVICE_MANAGED'
  | 'VPC_LATTICE';

export interface ConnectorFileTransferResult {
  readonly FilePath: string;
  readonly StatusCode: TransferTableStatus;
  readonly FailureCode?: string;
  readonly FailureMessage?: string;
}

export type ConnectorStatus =
  | 'ACTIVE'
  | 'ERRORED'
  | 'PENDING';

export interface ConnectorVpcLatticeEgressConfig {
  readonly ResourceConfigurationArn: string;
  readonly PortNumber?: number;
}

export type ConnectorsIpAddressType =
  | 'IPV4'
  | 'DUALSTACK';

export interface CopyStepDetails {
  readonly Name?: string;
  readonly DestinationFileLocation?: InputFileLocation;
  readonly OverwriteExisting?: OverwriteExisting;
  readonly SourceFileLocation?: string;
}

export interface CreateAccessRequest {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role: string;
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface CreateAccessResponse {
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface CreateAgreementRequest {
  readonly Description?: string;
  readonly ServerId: string;
  readonly LocalProfileId: string;
  readonly PartnerProfileId: string;
  readonly BaseDirectory?: string;
  readonly AccessRole: string;
  readonly Status?: AgreementStatusType;
  readonly Tags?: readonly Tag[];
  readonly PreserveFilename?: PreserveFilenameType;
  readonly EnforceMessageSigning?: EnforceMessageSigningType;
  readonly CustomDirectories?: CustomDirectoriesType;
}

export interface CreateAgreementResponse {
  readonly AgreementId: string;
}

export interface CreateConnectorRequest {
  readonly Url?: string;
  readonly As2Config?: As2ConnectorConfig;
  readonly AccessRole: string;
  readonly LoggingRole?: string;
  readonly Tags?: readonly Tag[];
  readonly SftpConfig?: SftpConnectorConfig;
  readonly SecurityPolicyName?: string;
  readonly EgressConfig?: ConnectorEgressConfig;
  readonly IpAddressType?: ConnectorsIpAddressType;
}

export interface CreateConnectorResponse {
  readonly ConnectorId: string;
}

export interface CreateProfileRequest {
  readonly As2Id: string;
  readonly ProfileType: ProfileType;
  readonly CertificateIds?: readonly string[];
  readonly Tags?: readonly Tag[];
}

export interface CreateProfileResponse {
  readonly ProfileId: string;
}

export interface CreateServerRequest {
  readonly Certificate?: string;
  readonly Domain?: Domain;
  readonly EndpointDetails?: EndpointDetails;
  readonly EndpointType?: EndpointType;
  readonly HostKey?: string;
  readonly IdentityProviderDetails?: IdentityProviderDetails;
  readonly IdentityProviderType?: IdentityProviderType;
  readonly LoggingRole?: string;
  readonly PostAuthenticationLoginBanner?: string;
  readonly PreAuthenticationLoginBanner?: string;
  readonly Protocols?: readonly Protocol[];
  readonly ProtocolDetails?: ProtocolDetails;
  readonly SecurityPolicyName?: string;
  readonly Tags?: readonly Tag[];
  readonly WorkflowDetails?: WorkflowDetails;
  readonly StructuredLogDestinations?: readonly string[];
  readonly S3StorageOptions?: S3StorageOptions;
  readonly IpAddressType?: IpAddressType;
}

export interface CreateServerResponse {
  readonly ServerId: string;
}

export interface CreateUserRequest {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role: string;
  readonly ServerId: string;
  readonly SshPublicKeyBody?: string;
  readonly Tags?: readonly Tag[];
  readonly UserName: string;
}

export interface CreateUserResponse {
  readonly ServerId: string;
  readonly UserName: string;
}

export interface CreateWebAppRequest {
  readonly IdentityProviderDetails: WebAppIdentityProviderDetails;
  readonly AccessEndpoint?: string;
  readonly WebAppUnits?: WebAppUnits;
  readonly Tags?: readonly Tag[];
  readonly WebAppEndpointPolicy?: WebAppEndpointPolicy;
  readonly EndpointDetails?: WebAppEndpointDetails;
}

export interface CreateWebAppResponse {
  readonly WebAppId: string;
}

export interface CreateWorkflowRequest {
  readonly Description?: string;
  readonly Steps: readonly WorkflowStep[];
  readonly OnExceptionSteps?: readonly WorkflowStep[];
  readonly Tags?: readonly Tag[];
}

export interface CreateWorkflowResponse {
  readonly WorkflowId: string;
}

export interface CustomDirectoriesType {
  readonly FailedFilesDirectory: string;
  readonly MdnFilesDirectory: string;
  readonly PayloadFilesDirectory: string;
  readonly StatusFilesDirectory: string;
  readonly TemporaryFilesDirectory: string;
}

export interface CustomHttpHeader {
  readonly Key?: string;
  readonly Value?: string;
}

export interface CustomStepDetails {
  readonly Name?: string;
  readonly Target?: string;
  readonly TimeoutSeconds?: number;
  readonly SourceFileLocation?: string;
}

export type CustomStepStatus =
  | 'SUCCESS'
  | 'FAILURE';

export interface DecryptStepDetails {
  readonly Name?: string;
  readonly Type: EncryptionType;
  readonly SourceFileLocation?: string;
  readonly OverwriteExisting?: OverwriteExisting;
  readonly DestinationFileLocation: InputFileLocation;
}

export interface DeleteAccessRequest {
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface DeleteAgreementRequest {
  readonly AgreementId: string;
  readonly ServerId: string;
}

export interface DeleteCertificateRequest {
  readonly CertificateId: string;
}

export interface DeleteConnectorRequest {
  readonly ConnectorId: string;
}

export interface DeleteHostKeyRequest {
  readonly ServerId: string;
  readonly HostKeyId: string;
}

export interface DeleteProfileRequest {
  readonly ProfileId: string;
}

export interface DeleteServerRequest {
  readonly ServerId: string;
}

export interface DeleteSshPublicKeyRequest {
  readonly ServerId: string;
  readonly SshPublicKeyId: string;
  readonly UserName: string;
}

export interface DeleteStepDetails {
  readonly Name?: string;
  readonly SourceFileLocation?: string;
}

export interface DeleteUserRequest {
  readonly ServerId: string;
  readonly UserName: string;
}

export interface DeleteWebAppCustomizationRequest {
  readonly WebAppId: string;
}

export interface DeleteWebAppRequest {
  readonly WebAppId: string;
}

export interface DeleteWorkflowRequest {
  readonly WorkflowId: string;
}

export interface DescribeAccessRequest {
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface DescribeAccessResponse {
  readonly ServerId: string;
  readonly Access: DescribedAccess;
}

export interface DescribeAgreementRequest {
  readonly AgreementId: string;
  readonly ServerId: string;
}

export interface DescribeAgreementResponse {
  readonly Agreement: DescribedAgreement;
}

export interface DescribeCertificateRequest {
  readonly CertificateId: string;
}

export interface DescribeCertificateResponse {
  readonly Certificate: DescribedCertificate;
}

export interface DescribeConnectorRequest {
  readonly ConnectorId: string;
}

export interface DescribeConnectorResponse {
  readonly Connector: DescribedConnector;
}

export interface DescribeExecutionRequest {
  readonly ExecutionId: string;
  readonly WorkflowId: string;
}

export interface DescribeExecutionResponse {
  readonly WorkflowId: string;
  readonly Execution: DescribedExecution;
}

export interface DescribeHostKeyRequest {
  readonly ServerId: string;
  readonly HostKeyId: string;
}

export interface DescribeHostKeyResponse {
  readonly HostKey: DescribedHostKey;
}

export interface DescribeProfileRequest {
  readonly ProfileId: string;
}

export interface DescribeProfileResponse {
  readonly Profile: DescribedProfile;
}

export interface DescribeSecurityPolicyRequest {
  readonly SecurityPolicyName: string;
}

export interface DescribeSecurityPolicyResponse {
  readonly SecurityPolicy: DescribedSecurityPolicy;
}

export interface DescribeServerRequest {
  readonly ServerId: string;
}

export interface DescribeServerResponse {
  readonly Server: DescribedServer;
}

export interface DescribeUserRequest {
  readonly ServerId: string;
  readonly UserName: string;
}

export interface DescribeUserResponse {
  readonly ServerId: string;
  readonly User: DescribedUser;
}

export interface DescribeWebAppCustomizationRequest {
  readonly WebAppId: string;
}

export interface DescribeWebAppCustomizationResponse {
  readonly WebAppCustomization: DescribedWebAppCustomization;
}

export interface DescribeWebAppRequest {
  readonly WebAppId: string;
}

export interface DescribeWebAppResponse {
  readonly WebApp: DescribedWebApp;
}

export interface DescribeWorkflowRequest {
  readonly WorkflowId: string;
}

export interface DescribeWorkflowResponse {
  readonly Workflow: DescribedWorkflow;
}

export interface DescribedAccess {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role?: string;
  readonly ExternalId?: string;
}

export interface DescribedAgreement {
  readonly Arn: string;
  readonly AgreementId?: string;
  readonly Description?: string;
  readonly Status?: AgreementStatusType;
  readonly ServerId?: string;
  readonly LocalProfileId?: string;
  readonly PartnerProfileId?: string;
  readonly BaseDirectory?: string;
  readonly AccessRole?: string;
  readonly Tags?: readonly Tag[];
  readonly PreserveFilename?: PreserveFilenameType;
  readonly EnforceMessageSigning?: EnforceMessageSigningType;
  readonly CustomDirectories?: CustomDirectoriesType;
}

export interface DescribedCertificate {
  readonly Arn: string;
  readonly CertificateId?: string;
  readonly Usage?: CertificateUsageType;
  readonly Status?: CertificateStatusType;
  readonly Certificate?: string;
  readonly CertificateChain?: string;
  readonly ActiveDate?: number;
  readonly InactiveDate?: number;
  readonly Serial?: string;
  readonly NotBeforeDate?: number;
  readonly NotAfterDate?: number;
  readonly Type?: CertificateType;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

export interface DescribedConnector {
  readonly Arn: string;
  readonly ConnectorId?: string;
  readonly Url?: string;
  readonly As2Config?: As2ConnectorConfig;
  readonly AccessRole?: string;
  readonly LoggingRole?: string;
  readonly Tags?: readonly Tag[];
  readonly SftpConfig?: SftpConnectorConfig;
  readonly ServiceManagedEgressIpAddresses?: readonly string[];
  readonly SecurityPolicyName?: string;
  readonly EgressConfig?: DescribedConnectorEgressConfig;
  readonly EgressType: ConnectorEgressType;
  readonly ErrorMessage?: string;
  readonly Status: ConnectorStatus;
  readonly IpAddressType?: ConnectorsIpAddressType;
}

export interface DescribedConnectorEgressConfig {
  readonly VpcLattice?: DescribedConnectorVpcLatticeEgressConfig;
}

export interface DescribedConnectorVpcLatticeEgressConfig {
  readonly ResourceConfigurationArn: string;
  readonly PortNumber?: number;
}

export interface DescribedExecution {
  readonly ExecutionId?: string;
  readonly InitialFileLocation?: FileLocation;
  readonly ServiceMetadata?: ServiceMetadata;
  readonly ExecutionRole?: string;
  readonly LoggingConfiguration?: LoggingConfiguration;
  readonly PosixProfile?: PosixProfile;
  readonly Status?: ExecutionStatus;
  readonly Results?: ExecutionResults;
}

export interface DescribedHostKey {
  readonly Arn: string;
  readonly HostKeyId?: string;
  readonly HostKeyFingerprint?: string;
  readonly Description?: string;
  readonly Type?: string;
  readonly DateImported?: number;
  readonly Tags?: readonly Tag[];
}

export interface DescribedIdentityCenterConfig {
  readonly ApplicationArn?: string;
  readonly InstanceArn?: string;
  readonly Role?: string;
}

export interface DescribedProfile {
  readonly Arn: string;
  readonly ProfileId?: string;
  readonly ProfileType?: ProfileType;
  readonly As2Id?: string;
  readonly CertificateIds?: readonly string[];
  readonly Tags?: readonly Tag[];
}

export interface DescribedSecurityPolicy {
  readonly Fips?: boolean;
  readonly SecurityPolicyName: string;
  readonly SshCiphers?: readonly string[];
  readonly SshKexs?: readonly string[];
  readonly SshMacs?: readonly string[];
  readonly TlsCiphers?: readonly string[];
  readonly SshHostKeyAlgorithms?: readonly string[];
  readonly Type?: SecurityPolicyResourceType;
  readonly Protocols?: readonly SecurityPolicyProtocol[];
}

export interface DescribedServer {
  readonly Arn: string;
  readonly Certificate?: string;
  readonly ProtocolDetails?: ProtocolDetails;
  readonly Domain?: Domain;
  readonly EndpointDetails?: EndpointDetails;
  readonly EndpointType?: EndpointType;
  readonly HostKeyFingerprint?: string;
  readonly IdentityProviderDetails?: IdentityProviderDetails;
  readonly IdentityProviderType?: IdentityProviderType;
  readonly LoggingRole?: string;
  readonly PostAuthenticationLoginBanner?: string;
  readonly PreAuthenticationLoginBanner?: string;
  readonly Protocols?: readonly Protocol[];
  readonly SecurityPolicyName?: string;
  readonly ServerId?: string;
  readonly State?: State;
  readonly Tags?: readonly Tag[];
  readonly UserCount?: number;
  readonly WorkflowDetails?: WorkflowDetails;
  readonly StructuredLogDestinations?: readonly string[];
  readonly S3StorageOptions?: S3StorageOptions;
  readonly As2ServiceManagedEgressIpAddresses?: readonly string[];
  readonly IpAddressType?: IpAddressType;
}

export interface DescribedUser {
  readonly Arn: string;
  readonly HomeDirectory?: string;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role?: string;
  readonly SshPublicKeys?: readonly SshPublicKey[];
  readonly Tags?: readonly Tag[];
  readonly UserName?: string;
}

export interface DescribedWebApp {
  readonly Arn: string;
  readonly WebAppId: string;
  readonly DescribedIdentityProviderDetails?: DescribedWebAppIdentityProviderDetails;
  readonly AccessEndpoint?: string;
  readonly WebAppEndpoint?: string;
  readonly WebAppUnits?: WebAppUnits;
  readonly Tags?: readonly Tag[];
  readonly WebAppEndpointPolicy?: WebAppEndpointPolicy;
  readonly EndpointType?: WebAppEndpointType;
  readonly DescribedEndpointDetails?: DescribedWebAppEndpointDetails;
}

export interface DescribedWebAppCustomization {
  readonly Arn: string;
  readonly WebAppId: string;
  readonly Title?: string;
  readonly LogoFile?: string;
  readonly FaviconFile?: string;
}

export interface DescribedWebAppEndpointDetails {
  readonly Vpc?: DescribedWebAppVpcConfig;
}

export interface DescribedWebAppIdentityProviderDetails {
  readonly IdentityCenterConfig?: DescribedIdentityCenterConfig;
}

export interface DescribedWebAppVpcConfig {
  readonly SubnetIds?: readonly string[];
  readonly VpcId?: string;
  readonly VpcEndpointId?: string;
}

export interface DescribedWorkflow {
  readonly Arn: string;
  readonly Description?: string;
  readonly Steps?: readonly WorkflowStep[];
  readonly OnExceptionSteps?: readonly WorkflowStep[];
  readonly WorkflowId?: string;
  readonly Tags?: readonly Tag[];
}

export type DirectoryListingOptimization =
  | 'ENABLED'
  | 'DISABLED';

export type Domain =
  | 'S3'
  | 'EFS';

export interface EfsFileLocation {
  readonly FileSystemId?: string;
  readonly Path?: string;
}

export type EncryptionAlg =
  | 'AES128_CBC'
  | 'AES192_CBC'
  | 'AES256_CBC'
  | 'DES_EDE3_CBC'
  | 'NONE';

export type EncryptionType =
  | 'PGP';

export interface EndpointDetails {
  readonly AddressAllocationIds?: readonly string[];
  readonly SubnetIds?: readonly string[];
  readonly VpcEndpointId?: string;
  readonly VpcId?: string;
  readonly SecurityGroupIds?: readonly string[];
}

export type EndpointType =
  | 'PUBLIC'
  | 'VPC'
  | 'VPC_ENDPOINT';

export type EnforceMessageSigningType =
  | 'ENABLED'
  | 'DISABLED';

export interface ExecutionError {
  readonly Type: ExecutionErrorType;
  readonly Message: string;
}

export type ExecutionErrorType =
  | 'PERMISSION_DENIED'
  | 'CUSTOM_STEP_FAILED'
  | 'THROTTLED'
  | 'ALREADY_EXISTS'
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'TIMEOUT'
  | 'INTERNAL_SERVER_ERROR';

export interface ExecutionResults {
  readonly Steps?: readonly ExecutionStepResult[];
  readonly OnExceptionSteps?: readonly ExecutionStepResult[];
}

export type ExecutionStatus =
  | 'IN_PROGRESS'
  | 'COMPLETED'
  | 'EXCEPTION'
  | 'HANDLING_EXCEPTION';

export interface ExecutionStepResult {
  readonly StepType?: WorkflowStepType;
  readonly Outputs?: string;
  readonly Error?: ExecutionError;
}

export interface FileLocation {
  readonly S3FileLocation?: S3FileLocation;
  readonly EfsFileLocation?: EfsFileLocation;
}

export interface HomeDirectoryMapEntry {
  readonly Entry: string;
  readonly Target: string;
  readonly Type?: MapType;
}

export type HomeDirectoryType =
  | 'PATH'
  | 'LOGICAL';

export interface IdentityCenterConfig {
  readonly InstanceArn?: string;
  readonly Role?: string;
}

export interface IdentityProviderDetails {
  readonly Url?: string;
  readonly InvocationRole?: string;
  readonly DirectoryId?: string;
  readonly Function?: string;
  readonly SftpAuthenticationMethods?: SftpAuthenticationMethods;
}

export type IdentityProviderType =
  | 'SERVICE_MANAGED'
  | 'API_GATEWAY'
  | 'AWS_DIRECTORY_SERVICE'
  | 'AWS_LAMBDA';

export interface ImportCertificateRequest {
  readonly Usage: CertificateUsageType;
  readonly Certificate: string;
  readonly CertificateChain?: string;
  readonly PrivateKey?: string;
  readonly ActiveDate?: number;
  readonly InactiveDate?: number;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

export interface ImportCertificateResponse {
  readonly CertificateId: string;
}

export interface ImportHostKeyRequest {
  readonly ServerId: string;
  readonly HostKeyBody: string;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

export interface ImportHostKeyResponse {
  readonly ServerId: string;
  readonly HostKeyId: string;
}

export interface ImportSshPublicKeyRequest {
  readonly ServerId: string;
  readonly SshPublicKeyBody: string;
  readonly UserName: string;
}

export interface ImportSshPublicKeyResponse {
  readonly ServerId: string;
  readonly SshPublicKeyId: string;
  readonly UserName: string;
}

export interface InputFileLocation {
  readonly S3FileLocation?: S3InputFileLocation;
  readonly EfsFileLocation?: EfsFileLocation;
}

export type IpAddressType =
  | 'IPV4'
  | 'DUALSTACK';

export interface ListAccessesRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ServerId: string;
}

export interface ListAccessesResponse {
  readonly NextToken?: string;
  readonly ServerId: string;
  readonly Accesses: readonly ListedAccess[];
}

export interface ListAgreementsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ServerId: string;
}

export interface ListAgreementsResponse {
  readonly NextToken?: string;
  readonly Agreements: readonly ListedAgreement[];
}

export interface ListCertificatesRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListCertificatesResponse {
  readonly NextToken?: string;
  readonly Certificates: readonly ListedCertificate[];
}

export interface ListConnectorsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListConnectorsResponse {
  readonly NextToken?: string;
  readonly Connectors: readonly ListedConnector[];
}

export interface ListExecutionsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly WorkflowId: string;
}

export interface ListExecutionsResponse {
  readonly NextToken?: string;
  readonly WorkflowId: string;
  readonly Executions: readonly ListedExecution[];
}

export interface ListFileTransferResultsRequest {
  readonly ConnectorId: string;
  readonly TransferId: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

export interface ListFileTransferResultsResponse {
  readonly FileTransferResults: readonly ConnectorFileTransferResult[];
  readonly NextToken?: string;
}

export interface ListHostKeysRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ServerId: string;
}

export interface ListHostKeysResponse {
  readonly NextToken?: string;
  readonly ServerId: string;
  readonly HostKeys: readonly ListedHostKey[];
}

export interface ListProfilesRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ProfileType?: ProfileType;
}

export interface ListProfilesResponse {
  readonly NextToken?: string;
  readonly Profiles: readonly ListedProfile[];
}

export interface ListSecurityPoliciesRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListSecurityPoliciesResponse {
  readonly NextToken?: string;
  readonly SecurityPolicyNames: readonly string[];
}

export interface ListServersRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListServersResponse {
  readonly NextToken?: string;
  readonly Servers: readonly ListedServer[];
}

export interface ListTagsForResourceRequest {
  readonly Arn: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListTagsForResourceResponse {
  readonly Arn?: string;
  readonly NextToken?: string;
  readonly Tags?: readonly Tag[];
}

export interface ListUsersRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ServerId: string;
}

export interface ListUsersResponse {
  readonly NextToken?: string;
  readonly ServerId: string;
  readonly Users: readonly ListedUser[];
}

export interface ListWebAppsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListWebAppsResponse {
  readonly NextToken?: string;
  readonly WebApps: readonly ListedWebApp[];
}

export interface ListWorkflowsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface ListWorkflowsResponse {
  readonly NextToken?: string;
  readonly Workflows: readonly ListedWorkflow[];
}

export interface ListedAccess {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly Role?: string;
  readonly ExternalId?: string;
}

export interface ListedAgreement {
  readonly Arn?: string;
  readonly AgreementId?: string;
  readonly Description?: string;
  readonly Status?: AgreementStatusType;
  readonly ServerId?: string;
  readonly LocalProfileId?: string;
  readonly PartnerProfileId?: string;
}

export interface ListedCertificate {
  readonly Arn?: string;
  readonly CertificateId?: string;
  readonly Usage?: CertificateUsageType;
  readonly Status?: CertificateStatusType;
  readonly ActiveDate?: number;
  readonly InactiveDate?: number;
  readonly Type?: CertificateType;
  readonly Description?: string;
}

export interface ListedConnector {
  readonly Arn?: string;
  readonly ConnectorId?: string;
  readonly Url?: string;
}

export interface ListedExecution {
  readonly ExecutionId?: string;
  readonly InitialFileLocation?: FileLocation;
  readonly ServiceMetadata?: ServiceMetadata;
  readonly Status?: ExecutionStatus;
}

export interface ListedHostKey {
  readonly Arn: string;
  readonly HostKeyId?: string;
  readonly Fingerprint?: string;
  readonly Description?: string;
  readonly Type?: string;
  readonly DateImported?: number;
}

export interface ListedProfile {
  readonly Arn?: string;
  readonly ProfileId?: string;
  readonly As2Id?: string;
  readonly ProfileType?: ProfileType;
}

export interface ListedServer {
  readonly Arn: string;
  readonly Domain?: Domain;
  readonly IdentityProviderType?: IdentityProviderType;
  readonly EndpointType?: EndpointType;
  readonly LoggingRole?: string;
  readonly ServerId?: string;
  readonly State?: State;
  readonly UserCount?: number;
}

export interface ListedUser {
  readonly Arn: string;
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly Role?: string;
  readonly SshPublicKeyCount?: number;
  readonly UserName?: string;
}

export interface ListedWebApp {
  readonly Arn: string;
  readonly WebAppId: string;
  readonly AccessEndpoint?: string;
  readonly WebAppEndpoint?: string;
  readonly EndpointType?: WebAppEndpointType;
}

export interface ListedWorkflow {
  readonly WorkflowId?: string;
  readonly Description?: string;
  readonly Arn?: string;
}

export interface LoggingConfiguration {
  readonly LoggingRole?: string;
  readonly LogGroupName?: string;
}

export type MapType =
  | 'FILE'
  | 'DIRECTORY';

export type MdnResponse =
  | 'SYNC'
  | 'NONE'
  | 'ASYNC';

export type MdnSigningAlg =
  | 'SHA256'
  | 'SHA384'
  | 'SHA512'
  | 'SHA1'
  | 'NONE'
  | 'DEFAULT';

export type OverwriteExisting =
  | 'TRUE'
  | 'FALSE';

export interface PosixProfile {
  readonly Uid: number;
  readonly Gid: number;
  readonly SecondaryGids?: readonly number[];
}

export type PreserveContentType =
  | 'ENABLED'
  | 'DISABLED';

export type PreserveFilenameType =
  | 'ENABLED'
  | 'DISABLED';

export type ProfileType =
  | 'LOCAL'
  | 'PARTNER';

export type Protocol =
  | 'SFTP'
  | 'FTP'
  | 'FTPS'
  | 'AS2';

export interface ProtocolDetails {
  readonly PassiveIp?: string;
  readonly TlsSessionResumptionMode?: TlsSessionResumptionMode;
  readonly SetStatOption?: SetStatOption;
  readonly As2Transports?: readonly As2Transport[];
}

export interface S3FileLocation {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly VersionId?: string;
  readonly Etag?: string;
}

export interface S3InputFileLocation {
  readonly Bucket?: string;
  readonly Key?: string;
}

export interface S3StorageOptions {
  readonly DirectoryListingOptimization?: DirectoryListingOptimization;
}

export interface S3Tag {
  readonly Key: string;
  readonly Value: string;
}

export type SecurityPolicyProtocol =
  | 'SFTP'
  | 'FTPS';

export type SecurityPolicyResourceType =
  | 'SERVER'
  | 'CONNECTOR';

export interface SendWorkflowStepStateRequest {
  readonly WorkflowId: string;
  readonly ExecutionId: string;
  readonly Token: string;
  readonly Status: CustomStepStatus;
}

export interface SendWorkflowStepStateResponse {
}

export interface ServiceMetadata {
  readonly UserDetails: UserDetails;
}

export type SetStatOption =
  | 'DEFAULT'
  | 'ENABLE_NO_OP';

export type SftpAuthenticationMethods =
  | 'PASSWORD'
  | 'PUBLIC_KEY'
  | 'PUBLIC_KEY_OR_PASSWORD'
  | 'PUBLIC_KEY_AND_PASSWORD';

export interface SftpConnectorConfig {
  readonly UserSecretId?: string;
  readonly TrustedHostKeys?: readonly string[];
  readonly MaxConcurrentConnections?: number;
}

export interface SftpConnectorConnectionDetails {
  readonly HostKey?: string;
}

export type SigningAlg =
  | 'SHA256'
  | 'SHA384'
  | 'SHA512'
  | 'SHA1'
  | 'NONE';

export interface SshPublicKey {
  readonly DateImported: number;
  readonly SshPublicKeyBody: string;
  readonly SshPublicKeyId: string;
}

export interface StartDirectoryListingRequest {
  readonly ConnectorId: string;
  readonly RemoteDirectoryPath: string;
  readonly MaxItems?: number;
  readonly OutputDirectoryPath: string;
}

export interface StartDirectoryListingResponse {
  readonly ListingId: string;
  readonly OutputFileName: string;
}

export interface StartFileTransferRequest {
  readonly ConnectorId: string;
  readonly SendFilePaths?: readonly string[];
  readonly RetrieveFilePaths?: readonly string[];
  readonly LocalDirectoryPath?: string;
  readonly RemoteDirectoryPath?: string;
  readonly CustomHttpHeaders?: readonly CustomHttpHeader[];
}

export interface StartFileTransferResponse {
  readonly TransferId: string;
}

export interface StartRemoteDeleteRequest {
  readonly ConnectorId: string;
  readonly DeletePath: string;
}

export interface StartRemoteDeleteResponse {
  readonly DeleteId: string;
}

export interface StartRemoteMoveRequest {
  readonly ConnectorId: string;
  readonly SourcePath: string;
  readonly TargetPath: string;
}

export interface StartRemoteMoveResponse {
  readonly MoveId: string;
}

export interface StartServerRequest {
  readonly ServerId: string;
}

export type State =
  | 'OFFLINE'
  | 'ONLINE'
  | 'STARTING'
  | 'STOPPING'
  | 'START_FAILED'
  | 'STOP_FAILED';

export interface StopServerRequest {
  readonly ServerId: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagResourceRequest {
  readonly Arn: string;
  readonly Tags: readonly Tag[];
}

export interface TagStepDetails {
  readonly Name?: string;
  readonly Tags?: readonly S3Tag[];
  readonly SourceFileLocation?: string;
}

export interface TestConnectionRequest {
  readonly ConnectorId: string;
}

export interface TestConnectionResponse {
  readonly ConnectorId?: string;
  readonly Status?: string;
  readonly StatusMessage?: string;
  readonly SftpConnectionDetails?: SftpConnectorConnectionDetails;
}

export interface TestIdentityProviderRequest {
  readonly ServerId: string;
  readonly ServerProtocol?: Protocol;
  readonly SourceIp?: string;
  readonly UserName: string;
  readonly UserPassword?: string;
}

export interface TestIdentityProviderResponse {
  readonly Response?: string;
  readonly StatusCode: number;
  readonly Message?: string;
  readonly Url: string;
}

export type TlsSessionResumptionMode =
  | 'DISABLED'
  | 'ENABLED'
  | 'ENFORCED';

export type TransferTableStatus =
  | 'QUEUED'
  | 'IN_PROGRESS'
  | 'COMPLETED'
  | 'FAILED';

export interface UntagResourceRequest {
  readonly Arn: string;
  readonly TagKeys: readonly string[];
}

export interface UpdateAccessRequest {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role?: string;
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface UpdateAccessResponse {
  readonly ServerId: string;
  readonly ExternalId: string;
}

export interface UpdateAgreementRequest {
  readonly AgreementId: string;
  readonly ServerId: string;
  readonly Description?: string;
  readonly Status?: AgreementStatusType;
  readonly LocalProfileId?: string;
  readonly PartnerProfileId?: string;
  readonly BaseDirectory?: string;
  readonly AccessRole?: string;
  readonly PreserveFilename?: PreserveFilenameType;
  readonly EnforceMessageSigning?: EnforceMessageSigningType;
  readonly CustomDirectories?: CustomDirectoriesType;
}

export interface UpdateAgreementResponse {
  readonly AgreementId: string;
}

export interface UpdateCertificateRequest {
  readonly CertificateId: string;
  readonly ActiveDate?: number;
  readonly InactiveDate?: number;
  readonly Description?: string;
}

export interface UpdateCertificateResponse {
  readonly CertificateId: string;
}

export interface UpdateConnectorEgressConfig {
  readonly VpcLattice?: UpdateConnectorVpcLatticeEgressConfig;
}

export interface UpdateConnectorRequest {
  readonly ConnectorId: string;
  readonly Url?: string;
  readonly As2Config?: As2ConnectorConfig;
  readonly AccessRole?: string;
  readonly LoggingRole?: string;
  readonly SftpConfig?: SftpConnectorConfig;
  readonly SecurityPolicyName?: string;
  readonly EgressConfig?: UpdateConnectorEgressConfig;
  readonly IpAddressType?: ConnectorsIpAddressType;
}

export interface UpdateConnectorResponse {
  readonly ConnectorId: string;
}

export interface UpdateConnectorVpcLatticeEgressConfig {
  readonly ResourceConfigurationArn?: string;
  readonly PortNumber?: number;
}

export interface UpdateHostKeyRequest {
  readonly ServerId: string;
  readonly HostKeyId: string;
  readonly Description: string;
}

export interface UpdateHostKeyResponse {
  readonly ServerId: string;
  readonly HostKeyId: string;
}

export interface UpdateProfileRequest {
  readonly ProfileId: string;
  readonly CertificateIds?: readonly string[];
}

export interface UpdateProfileResponse {
  readonly ProfileId: string;
}

export interface UpdateServerRequest {
  readonly Certificate?: string;
  readonly ProtocolDetails?: ProtocolDetails;
  readonly EndpointDetails?: EndpointDetails;
  readonly EndpointType?: EndpointType;
  readonly HostKey?: string;
  readonly IdentityProviderDetails?: IdentityProviderDetails;
  readonly LoggingRole?: string;
  readonly PostAuthenticationLoginBanner?: string;
  readonly PreAuthenticationLoginBanner?: string;
  readonly Protocols?: readonly Protocol[];
  readonly SecurityPolicyName?: string;
  readonly ServerId: string;
  readonly WorkflowDetails?: WorkflowDetails;
  readonly StructuredLogDestinations?: readonly string[];
  readonly S3StorageOptions?: S3StorageOptions;
  readonly IpAddressType?: IpAddressType;
  readonly IdentityProviderType?: IdentityProviderType;
}

export interface UpdateServerResponse {
  readonly ServerId: string;
}

export interface UpdateUserRequest {
  readonly HomeDirectory?: string;
  readonly HomeDirectoryType?: HomeDirectoryType;
  readonly HomeDirectoryMappings?: readonly HomeDirectoryMapEntry[];
  readonly Policy?: string;
  readonly PosixProfile?: PosixProfile;
  readonly Role?: string;
  readonly ServerId: string;
  readonly UserName: string;
}

export interface UpdateUserResponse {
  readonly ServerId: string;
  readonly UserName: string;
}

export interface UpdateWebAppCustomizationRequest {
  readonly WebAppId: string;
  readonly Title?: string;
  readonly LogoFile?: string;
  readonly FaviconFile?: string;
}

export interface UpdateWebAppCustomizationResponse {
  readonly WebAppId: string;
}

export interface UpdateWebAppEndpointDetails {
  readonly Vpc?: UpdateWebAppVpcConfig;
}

export interface UpdateWebAppIdentityCenterConfig {
  readonly Role?: string;
}

export interface UpdateWebAppIdentityProviderDetails {
  readonly IdentityCenterConfig?: UpdateWebAppIdentityCenterConfig;
}

export interface UpdateWebAppRequest {
  readonly WebAppId: string;
  readonly IdentityProviderDetails?: UpdateWebAppIdentityProviderDetails;
  readonly AccessEndpoint?: string;
  readonly WebAppUnits?: WebAppUnits;
  readonly EndpointDetails?: UpdateWebAppEndpointDetails;
}

export interface UpdateWebAppResponse {
  readonly WebAppId: string;
}

export interface UpdateWebAppVpcConfig {
  readonly SubnetIds?: readonly string[];
  readonly IpAddressType?: WebAppVpcEndpointIpAddressType;
}

export interface UserDetails {
  readonly UserName: string;
  readonly ServerId: string;
  readonly SessionId?: string;
}

export interface WebAppEndpointDetails {
  readonly Vpc?: WebAppVpcConfig;
}

export type WebAppEndpointPolicy =
  | 'FIPS'
  | 'STANDARD';

export type WebAppEndpointType =
  | 'PUBLIC'
  | 'VPC';

export interface WebAppIdentityProviderDetails {
  readonly IdentityCenterConfig?: IdentityCenterConfig;
}

export interface WebAppUnits {
  readonly Provisioned?: number;
}

export interface WebAppVpcConfig {
  readonly SubnetIds?: readonly string[];
  readonly VpcId?: string;
  readonly SecurityGroupIds?: readonly string[];
  readonly IpAddressType?: WebAppVpcEndpointIpAddressType;
}

export type WebAppVpcEndpointIpAddressType =
  | 'IPV4'
  | 'DUALSTACK';

export interface WorkflowDetail {
  readonly WorkflowId: string;
  readonly ExecutionRole: string;
}

export interface WorkflowDetails {
  readonly OnUpload?: readonly WorkflowDetail[];
  readonly OnPartialUpload?: readonly WorkflowDetail[];
}

export interface WorkflowStep {
  readonly Type?: WorkflowStepType;
  readonly CopyStepDetails?: CopyStepDetails;
  readonly CustomStepDetails?: CustomStepDetails;
  readonly DeleteStepDetails?: DeleteStepDetails;
  readonly TagStepDetails?: TagStepDetails;
  readonly DecryptStepDetails?: DecryptStepDetails;
}

export type WorkflowStepType =
  | 'COPY'
  | 'CUSTOM'
  | 'TAG'
  | 'DELETE'
  | 'DECRYPT';
