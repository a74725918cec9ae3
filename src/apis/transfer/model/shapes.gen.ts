// Generated from models/transfer.json and models/transfer.overrides.json by `npm run generate`; do not edit.
import type { ListShape, NumberShape, ServiceModel, Shape, StringShape, StructureShape } from '../../../wire/shape.ts';

const AddressAllocationId: StringShape = { kind: 'string' };
const AddressAllocationIds: ListShape = { kind: 'list', member: () => AddressAllocationId };
const AgreementId: StringShape = { kind: 'string', min: 19, max: 19, pattern: 'a-([0-9a-f]{17})' };
const AgreementStatusType: StringShape = { kind: 'string', enum: ['ACTIVE', 'INACTIVE'] };
const Arn: StringShape = { kind: 'string', min: 20, max: 1600, pattern: 'arn:\\S+' };
const As2AsyncMdnConnectorConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Url: { shape: () => Url },
    ServerIds: { shape: () => As2AsyncMdnServerIds },
  },
};
const As2AsyncMdnServerIds: ListShape = { kind: 'list', min: 1, max: 10, member: () => ServerId };
const As2ConnectorConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    LocalProfileId: { shape: () => ProfileId },
    PartnerProfileId: { shape: () => ProfileId },
    MessageSubject: { shape: () => MessageSubject },
    Compression: { shape: () => CompressionEnum },
    EncryptionAlgorithm: { shape: () => EncryptionAlg },
    SigningAlgorithm: { shape: () => SigningAlg },
    MdnSigningAlgorithm: { shape: () => MdnSigningAlg },
    MdnResponse: { shape: () => MdnResponse },
    BasicAuthSecretId: { shape: () => As2ConnectorSecretId },
    PreserveContentType: { shape: () => PreserveContentType },
    AsyncMdnConfig: { shape: () => As2AsyncMdnConnectorConfig },
  },
};
const As2ConnectorSecretId: StringShape = { kind: 'string', min: 0, max: 2048 };
const As2Id: StringShape = { kind: 'string', min: 1, max: 128, pattern: '[\\u0020-\\u007E\\s]*' };
const As2Transport: StringShape = { kind: 'string', enum: ['HTTP'] };
const As2Transports: ListShape = { kind: 'list', min: 1, max: 1, member: () => As2Transport };
const CallbackToken: StringShape = { kind: 'string', min: 1, max: 64, pattern: '\\w+' };
const CertDate: Shape = { kind: 'timestamp' };
const Certificate: StringShape = { kind: 'string', min: 0, max: 1600 };
const CertificateBodyType: StringShape = { kind: 'string', min: 1, max: 16384, pattern: '[\\t\\n\\r\\u0020-\\u00FF]+', sensitive: true };
const CertificateChainType: StringShape = { kind: 'string', min: 1, max: 2097152, pattern: '[\\t\\n\\r\\u0020-\\u00FF]+', sensitive: true };
const CertificateId: StringShape = { kind: 'string', min: 22, max: 22, pattern: 'cert-([0-9a-f]{17})' };
const CertificateIds: ListShape = { kind: 'list', member: () => CertificateId };
const CertificateUsageType: StringShape = { kind: 'string', enum: ['SIGNING', 'ENCRYPTION', 'TLS'] };
const CompressionEnum: StringShape = { kind: 'string', enum: ['ZLIB', 'DISABLED'] };
const ConnectorEgressConfig: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    VpcLattice: { shape: () => ConnectorVpcLatticeEgressConfig },
  },
};
const ConnectorId: StringShape = { kind: 'string', min: 19, max: 19, pattern: 'c-([0-9a-f]{17})' };
const ConnectorSecurityPolicyName: StringShape = { kind: 'string', min: 0, max: 100, pattern: 'TransferSFTPConnectorSecurityPolicy-[A-Za-z0-9-]+' };
const ConnectorVpcLatticeEgressConfig: StructureShape = {
  kind: 'structure',
  required: ['ResourceConfigurationArn'],
  members: {
    ResourceConfigurationArn: { shape: () => VpcLatticeResourceConfigurationArn },
    PortNumber: { shape: () => SftpPort },
  },
};
const ConnectorsIpAddressType: StringShape = { kind: 'string', enum: ['IPV4', 'DUALSTACK'] };
const CopyStepDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Name: { shape: () => WorkflowStepName },
    DestinationFileLocation: { shape: () => InputFileLocation },
    OverwriteExisting: { shape: () => OverwriteExisting },
    SourceFileLocation: { shape: () => SourceFileLocation },
  },
};
const CreateAccessRequest: StructureShape = {
  kind: 'structure',
  required: ['Role', 'ServerId', 'ExternalId'],
  members: {
    HomeDirectory: { shape: () => HomeDirectory },
    HomeDirectoryType: { shape: () => HomeDirectoryType },
    HomeDirectoryMappings: { shape: () => HomeDirectoryMappings },
    Policy: { shape: () => Policy },
    PosixProfile: { shape: () => PosixProfile },
    Role: { shape: () => Role },
    ServerId: { shape: () => ServerId },
    ExternalId: { shape: () => ExternalId },
  },
};
const CreateAgreementRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'LocalProfileId', 'PartnerProfileId', 'AccessRole'],
  members: {
    Description: { shape: () => Description },
    ServerId: { shape: () => ServerId },
    LocalProfileId: { shape: () => ProfileId },
    PartnerProfileId: { shape: () => ProfileId },
    BaseDirectory: { shape: () => HomeDirectory },
    AccessRole: { shape: () => Role },
    Status: { shape: () => AgreementStatusType },
    Tags: { shape: () => Tags },
    PreserveFilename: { shape: () => PreserveFilenameType },
    EnforceMessageSigning: { shape: () => EnforceMessageSigningType },
    CustomDirectories: { shape: () => CustomDirectoriesType },
  },
};
const CreateConnectorRequest: StructureShape = {
  kind: 'structure',
  required: ['AccessRole'],
  members: {
    Url: { shape: () => Url },
    As2Config: { shape: () => As2ConnectorConfig },
    AccessRole: { shape: () => Role },
    LoggingRole: { shape: () => Role },
    Tags: { shape: () => Tags },
    SftpConfig: { shape: () => SftpConnectorConfig },
    SecurityPolicyName: { shape: () => ConnectorSecurityPolicyName },
    EgressConfig: { shape: () => ConnectorEgressConfig },
    IpAddressType: { shape: () => ConnectorsIpAddressType },
  },
};
const CreateProfileRequest: StructureShape = {
  kind: 'structure',
  required: ['As2Id', 'ProfileType'],
  members: {
    As2Id: { shape: () => As2Id },
    ProfileType: { shape: () => ProfileType },
    CertificateIds: { shape: () => CertificateIds },
    Tags: { shape: () => Tags },
  },
};
const CreateServerRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Certificate: { shape: () => Certificate },
    Domain: { shape: () => Domain },
    EndpointDetails: { shape: () => EndpointDetails },
    EndpointType: { shape: () => EndpointType },
    HostKey: { shape: () => HostKey },
    IdentityProviderDetails: { shape: () => IdentityProviderDetails },
    IdentityProviderType: { shape: () => IdentityProviderType },
    LoggingRole: { shape: () => NullableRole },
    PostAuthenticationLoginBanner: { shape: () => PostAuthenticationLoginBanner },
    PreAuthenticationLoginBanner: { shape: () => PreAuthenticationLoginBanner },
    Protocols: { shape: () => Protocols },
    ProtocolDetails: { shape: () => ProtocolDetails },
    SecurityPolicyName: { shape: () => SecurityPolicyName },
    Tags: { shape: () => Tags },
    WorkflowDetails: { shape: () => WorkflowDetails },
    StructuredLogDestinations: { shape: () => StructuredLogDestinations },
    S3StorageOptions: { shape: () => S3StorageOptions },
    IpAddressType: { shape: () => IpAddressType },
  },
};
const CreateUserRequest: StructureShape = {
  kind: 'structure',
  required: ['Role', 'ServerId', 'UserName'],
  members: {
    HomeDirectory: { shape: () => HomeDirectory },
    HomeDirectoryType: { shape: () => HomeDirectoryType },
    HomeDirectoryMappings: { shape: () => HomeDirectoryMappings },
    Policy: { shape: () => Policy },
    PosixProfile: { shape: () => PosixProfile },
    Role: { shape: () => Role },
    ServerId: { shape: () => ServerId },
    SshPublicKeyBody: { shape: () => SshPublicKeyBody },
    Tags: { shape: () => Tags },
    UserName: { shape: () => UserName },
  },
};
const CreateWebAppRequest: StructureShape = {
  kind: 'structure',
  required: ['IdentityProviderDetails'],
  members: {
    IdentityProviderDetails: { shape: () => WebAppIdentityProviderDetails },
    AccessEndpoint: { shape: () => WebAppAccessEndpoint },
    WebAppUnits: { shape: () => WebAppUnits },
    Tags: { shape: () => Tags },
    WebAppEndpointPolicy: { shape: () => WebAppEndpointPolicy },
    EndpointDetails: { shape: () => WebAppEndpointDetails },
  },
};
const CreateWorkflowRequest: StructureShape = {
  kind: 'structure',
  required: ['Steps'],
  members: {
    Description: { shape: () => WorkflowDescription },
    Steps: { shape: () => WorkflowSteps },
    OnExceptionSteps: { shape: () => WorkflowSteps },
    Tags: { shape: () => Tags },
  },
};
const CustomDirectoriesType: StructureShape = {
  kind: 'structure',
  required: ['FailedFilesDirectory', 'MdnFilesDirectory', 'PayloadFilesDirectory', 'StatusFilesDirectory', 'TemporaryFilesDirectory'],
  members: {
    FailedFilesDirectory: { shape: () => HomeDirectory },
    MdnFilesDirectory: { shape: () => HomeDirectory },
    PayloadFilesDirectory: { shape: () => HomeDirectory },
    StatusFilesDirectory: { shape: () => HomeDirectory },
    TemporaryFilesDirectory: { shape: () => HomeDirectory },
  },
};
const CustomHttpHeader: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Key: { shape: () => CustomHttpHeaderKeyType },
    Value: { shape: () => CustomHttpHeaderValueType },
  },
};
const CustomHttpHeaderKeyType: StringShape = { kind: 'string', min: 1, max: 64, pattern: '[a-zA-Z0-9-]+', sensitive: true };
const CustomHttpHeaderValueType: StringShape = { kind: 'string', min: 0, max: 256, pattern: '[a-zA-Z0-9 +\\-./:=@_]*', sensitive: true };
const CustomHttpHeaders: ListShape = { kind: 'list', member: () => CustomHttpHeader };
const CustomStepDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Name: { shape: () => WorkflowStepName },
    Target: { shape: () => CustomStepTarget },
    TimeoutSeconds: { shape: () => CustomStepTimeoutSeconds },
    SourceFileLocation: { shape: () => SourceFileLocation },
  },
};
const CustomStepStatus: StringShape = { kind: 'string', enum: ['SUCCESS', 'FAILURE'] };
const CustomStepTarget: StringShape = { kind: 'string', min: 0, max: 170, pattern: 'arn:[a-z-]+:lambda:.*' };
const CustomStepTimeoutSeconds: NumberShape = { kind: 'integer', min: 1, max: 1800 };
const DecryptStepDetails: StructureShape = {
  kind: 'structure',
  required: ['Type', 'DestinationFileLocation'],
  members: {
    Name: { shape: () => WorkflowStepName },
    Type: { shape: () => EncryptionType },
    SourceFileLocation: { shape: () => SourceFileLocation },
    OverwriteExisting: { shape: () => OverwriteExisting },
    DestinationFileLocation: { shape: () => InputFileLocation },
  },
};
const DeleteAccessRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'ExternalId'],
  members: {
    ServerId: { shape: () => ServerId },
    ExternalId: { shape: () => ExternalId },
  },
};
const DeleteAgreementRequest: StructureShape = {
  kind: 'structure',
  required: ['AgreementId', 'ServerId'],
  members: {
    AgreementId: { shape: () => AgreementId },
    ServerId: { shape: () => ServerId },
  },
};
const DeleteCertificateRequest: StructureShape = {
  kind: 'structure',
  required: ['CertificateId'],
  members: {
    CertificateId: { shape: () => CertificateId },
  },
};
const DeleteConnectorRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
  },
};
const DeleteHostKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'HostKeyId'],
  members: {
    ServerId: { shape: () => ServerId },
    HostKeyId: { shape: () => HostKeyId },
  },
};
const DeleteProfileRequest: StructureShape = {
  kind: 'structure',
  required: ['ProfileId'],
  members: {
    ProfileId: { shape: () => ProfileId },
  },
};
const DeleteServerRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    ServerId: { shape: () => ServerId },
  },
};
const DeleteSshPublicKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'SshPublicKeyId', 'UserName'],
  members: {
    ServerId: { shape: () => ServerId },
    SshPublicKeyId: { shape: () => SshPublicKeyId },
    UserName: { shape: () => UserName },
  },
};
const DeleteStepDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Name: { shape: () => WorkflowStepName },
    SourceFileLocation: { shape: () => SourceFileLocation },
  },
};
const DeleteUserRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'UserName'],
  members: {
    ServerId: { shape: () => ServerId },
    UserName: { shape: () => UserName },
  },
};
const DeleteWebAppCustomizationRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
  },
};
const DeleteWebAppRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
  },
};
const DeleteWorkflowRequest: StructureShape = {
  kind: 'structure',
  required: ['WorkflowId'],
  members: {
    WorkflowId: { shape: () => WorkflowId },
  },
};
const DescribeAccessRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'ExternalId'],
  members: {
    ServerId: { shape: () => ServerId },
    ExternalId: { shape: () => ExternalId },
  },
};
const DescribeAgreementRequest: StructureShape = {
  kind: 'structure',
  required: ['AgreementId', 'ServerId'],
  members: {
    AgreementId: { shape: () => AgreementId },
    ServerId: { shape: () => ServerId },
  },
};
const DescribeCertificateRequest: StructureShape = {
  kind: 'structure',
  required: ['CertificateId'],
  members: {
    CertificateId: { shape: () => CertificateId },
  },
};
const DescribeConnectorRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
  },
};
const DescribeExecutionRequest: StructureShape = {
  kind: 'structure',
  required: ['ExecutionId', 'WorkflowId'],
  members: {
    ExecutionId: { shape: () => ExecutionId },
    WorkflowId: { shape: () => WorkflowId },
  },
};
const DescribeHostKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'HostKeyId'],
  members: {
    ServerId: { shape: () => ServerId },
    HostKeyId: { shape: () => HostKeyId },
  },
};
const DescribeProfileRequest: StructureShape = {
  kind: 'structure',
  required: ['ProfileId'],
  members: {
    ProfileId: { shape: () => ProfileId },
  },
};
const DescribeSecurityPolicyRequest: StructureShape = {
  kind: 'structure',
  required: ['SecurityPolicyName'],
  members: {
    SecurityPolicyName: { shape: () => SecurityPolicyName },
  },
};
const DescribeServerRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    ServerId: { shape: () => ServerId },
  },
};
const DescribeUserRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'UserName'],
  members: {
    ServerId: { shape: () => ServerId },
    UserName: { shape: () => UserName },
  },
};
const DescribeWebAppCustomizationRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
  },
};
const DescribeWebAppRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
  },
};
const DescribeWorkflowRequest: StructureShape = {
  kind: 'structure',
  required: ['WorkflowId'],
  members: {
    WorkflowId: { shape: () => WorkflowId },
  },
};
const Description: StringShape = { kind: 'string', min: 1, max: 200, pattern: '[\\u0021-\\u007E]+' };
const DirectoryId: StringShape = { kind: 'string', min: 12, max: 12, pattern: 'd-[0-9a-f]{10}' };
const DirectoryListingOptimization: StringShape = { kind: 'string', enum: ['ENABLED', 'DISABLED'] };
const Domain: StringShape = { kind: 'string', enum: ['S3', 'EFS'] };
const EfsFileLocation: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    FileSystemId: { shape: () => EfsFileSystemId },
    Path: { shape: () => EfsPath },
  },
};
const EfsFileSystemId: StringShape = { kind: 'string', min: 0, max: 128, pattern: '(arn:aws[-a-z]*:elasticfilesystem:[0-9a-z-:]+:(access-point/fsap|file-system/fs)-[0-9a-f]{8,40}|fs(ap)?-[0-9a-f]{8,40})' };
const EfsPath: StringShape = { kind: 'string', min: 1, max: 65536, pattern: '[^\\x00]+' };
const EncryptionAlg: StringShape = { kind: 'string', enum: ['AES128_CBC', 'AES192_CBC', 'AES256_CBC', 'DES_EDE3_CBC', 'NONE'] };
const EncryptionType: StringShape = { kind: 'string', enum: ['PGP'] };
const EndpointDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    AddressAllocationIds: { shape: () => AddressAllocationIds },
    SubnetIds: { shape: () => SubnetIds },
    VpcEndpointId: { shape: () => VpcEndpointId },
    VpcId: { shape: () => VpcId },
    SecurityGroupIds: { shape: () => SecurityGroupIds },
  },
};
const EndpointType: StringShape = { kind: 'string', enum: ['PUBLIC', 'VPC', 'VPC_ENDPOINT'] };
const EnforceMessageSigningType: StringShape = { kind: 'string', enum: ['ENABLED', 'DISABLED'] };
const ExecutionId: StringShape = { kind: 'string', min: 36, max: 36, pattern: '[0-9a-fA-F]{8}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{4}\\-[0-9a-fA-F]{12}' };
const ExternalId: StringShape = { kind: 'string', min: 1, max: 256, pattern: 'S-1-[\\d-]+' };
const FilePath: StringShape = { kind: 'string', min: 1, max: 1024, pattern: '(.)+' };
const FilePaths: ListShape = { kind: 'list', min: 1, max: 10, member: () => FilePath };
const Function: StringShape = { kind: 'string', min: 1, max: 170, pattern: 'arn:[a-z-]+:lambda:.*' };
const HomeDirectory: StringShape = { kind: 'string', min: 0, max: 1024, pattern: '(|/.*)' };
const HomeDirectoryMapEntry: StructureShape = {
  kind: 'structure',
  required: ['Entry', 'Target'],
  members: {
    Entry: { shape: () => MapEntry },
    Target: { shape: () => MapTarget },
    Type: { shape: () => MapType },
  },
};
const HomeDirectoryMappings: ListShape = { kind: 'list', min: 1, max: 50000, member: () => HomeDirectoryMapEntry };
const HomeDirectoryType: StringShape = { kind: 'string', enum: ['PATH', 'LOGICAL'] };
const HostKey: StringShape = { kind: 'string', min: 0, max: 4096, sensitive: true };
const HostKeyDescription: StringShape = { kind: 'string', min: 0, max: 200, pattern: '[\\x20-\\x7E]*' };
const HostKeyId: StringShape = { kind: 'string', min: 25, max: 25, pattern: 'hostkey-[0-9a-f]{17}' };
const IdentityCenterConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    InstanceArn: { shape: () => IdentityCenterInstanceArn },
    Role: { shape: () => Role },
  },
};
const IdentityCenterInstanceArn: StringShape = { kind: 'string', min: 10, max: 1224, pattern: 'arn:[\\w-]+:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}' };
const IdentityProviderDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Url: { shape: () => Url },
    InvocationRole: { shape: () => Role },
    DirectoryId: { shape: () => DirectoryId },
    Function: { shape: () => Function },
    SftpAuthenticationMethods: { shape: () => SftpAuthenticationMethods },
  },
};
const IdentityProviderType: StringShape = { kind: 'string', enum: ['SERVICE_MANAGED', 'API_GATEWAY', 'AWS_DIRECTORY_SERVICE', 'AWS_LAMBDA'] };
const ImportCertificateRequest: StructureShape = {
  kind: 'structure',
  required: ['Usage', 'Certificate'],
  members: {
    Usage: { shape: () => CertificateUsageType },
    Certificate: { shape: () => CertificateBodyType },
    CertificateChain: { shape: () => CertificateChainType },
    PrivateKey: { shape: () => PrivateKeyType },
    ActiveDate: { shape: () => CertDate },
    InactiveDate: { shape: () => CertDate },
    Description: { shape: () => Description },
    Tags: { shape: () => Tags },
  },
};
const ImportHostKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'HostKeyBody'],
  members: {
    ServerId: { shape: () => ServerId },
    HostKeyBody: { shape: () => HostKey },
    Description: { shape: () => HostKeyDescription },
    Tags: { shape: () => Tags },
  },
};
const ImportSshPublicKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'SshPublicKeyBody', 'UserName'],
  members: {
    ServerId: { shape: () => ServerId },
    SshPublicKeyBody: { shape: () => SshPublicKeyBody },
    UserName: { shape: () => UserName },
  },
};
const InputFileLocation: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    S3FileLocation: { shape: () => S3InputFileLocation },
    EfsFileLocation: { shape: () => EfsFileLocation },
  },
};
const IpAddressType: StringShape = { kind: 'string', enum: ['IPV4', 'DUALSTACK'] };
const ListAccessesRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    ServerId: { shape: () => ServerId },
  },
};
const ListAgreementsRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    ServerId: { shape: () => ServerId },
  },
};
const ListCertificatesRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListConnectorsRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListExecutionsRequest: StructureShape = {
  kind: 'structure',
  required: ['WorkflowId'],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    WorkflowId: { shape: () => WorkflowId },
  },
};
const ListFileTransferResultsRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId', 'TransferId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    TransferId: { shape: () => TransferId },
    NextToken: { shape: () => NextToken },
    MaxResults: { shape: () => MaxResults },
  },
};
const ListHostKeysRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    ServerId: { shape: () => ServerId },
  },
};
const ListProfilesRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    ProfileType: { shape: () => ProfileType },
  },
};
const ListSecurityPoliciesRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListServersRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListTagsForResourceRequest: StructureShape = {
  kind: 'structure',
  required: ['Arn'],
  members: {
    Arn: { shape: () => Arn },
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListUsersRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
    ServerId: { shape: () => ServerId },
  },
};
const ListWebAppsRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const ListWorkflowsRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    MaxResults: { shape: () => MaxResults },
    NextToken: { shape: () => NextToken },
  },
};
const MapEntry: StringShape = { kind: 'string', min: 0, max: 1024, pattern: '/.*' };
const MapTarget: StringShape = { kind: 'string', min: 0, max: 1024, pattern: '/.*' };
const MapType: StringShape = { kind: 'string', enum: ['FILE', 'DIRECTORY'] };
const MaxConcurrentConnections: NumberShape = { kind: 'integer', min: 1 };
const MaxItems: NumberShape = { kind: 'integer', min: 1 };
const MaxResults: NumberShape = { kind: 'integer', min: 1, max: 1000 };
const MdnResponse: StringShape = { kind: 'string', enum: ['SYNC', 'NONE', 'ASYNC'] };
const MdnSigningAlg: StringShape = { kind: 'string', enum: ['SHA256', 'SHA384', 'SHA512', 'SHA1', 'NONE', 'DEFAULT'] };
const MessageSubject: StringShape = { kind: 'string', min: 1, max: 1024, pattern: '[\\u0020-\\u007E\\t]+', sensitive: true };
const NextToken: StringShape = { kind: 'string', min: 1, max: 6144 };
const NullableRole: StringShape = { kind: 'string', min: 0, max: 2048, pattern: '(|arn:.*role/\\S+)' };
const OnPartialUploadWorkflowDetails: ListShape = { kind: 'list', min: 0, max: 1, member: () => WorkflowDetail };
const OnUploadWorkflowDetails: ListShape = { kind: 'list', min: 0, max: 1, member: () => WorkflowDetail };
const OverwriteExisting: StringShape = { kind: 'string', enum: ['TRUE', 'FALSE'] };
const PassiveIp: StringShape = { kind: 'string', min: 0, max: 15 };
const Policy: StringShape = { kind: 'string', min: 0, max: 1048576 };
const PosixId: NumberShape = { kind: 'long', min: 0, max: 4294967295 };
const PosixProfile: StructureShape = {
  kind: 'structure',
  required: ['Uid', 'Gid'],
  members: {
    Uid: { shape: () => PosixId },
    Gid: { shape: () => PosixId },
    SecondaryGids: { shape: () => SecondaryGids },
  },
};
const PostAuthenticationLoginBanner: StringShape = { kind: 'string', min: 0, max: 4096, pattern: '[\\x09-\\x0D\\x20-\\x7E]*' };
const PreAuthenticationLoginBanner: StringShape = { kind: 'string', min: 0, max: 4096, pattern: '[\\x09-\\x0D\\x20-\\x7E]*' };
const PreserveContentType: StringShape = { kind: 'string', enum: ['ENABLED', 'DISABLED'] };
const PreserveFilenameType: StringShape = { kind: 'string', enum: ['ENABLED', 'DISABLED'] };
const PrivateKeyType: StringShape = { kind: 'string', min: 1, max: 16384, pattern: '[\\t\\n\\r\\u0020-\\u00FF]+', sensitive: true };
const ProfileId: StringShape = { kind: 'string', min: 19, max: 19, pattern: 'p-([0-9a-f]{17})' };
const ProfileType: StringShape = { kind: 'string', enum: ['LOCAL', 'PARTNER'] };
const Protocol: StringShape = { kind: 'string', enum: ['SFTP', 'FTP', 'FTPS', 'AS2'] };
const ProtocolDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    PassiveIp: { shape: () => PassiveIp },
    TlsSessionResumptionMode: { shape: () => TlsSessionResumptionMode },
    SetStatOption: { shape: () => SetStatOption },
    As2Transports: { shape: () => As2Transports },
  },
};
const Protocols: ListShape = { kind: 'list', min: 1, max: 4, member: () => Protocol };
const Role: StringShape = { kind: 'string', min: 20, max: 2048, pattern: 'arn:.*role/\\S+' };
const S3Bucket: StringShape = { kind: 'string', min: 3, max: 63, pattern: '[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9]' };
const S3InputFileLocation: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Bucket: { shape: () => S3Bucket },
    Key: { shape: () => S3Key },
  },
};
const S3Key: StringShape = { kind: 'string', min: 0, max: 1024, pattern: '[\\P{M}\\p{M}]*' };
const S3StorageOptions: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    DirectoryListingOptimization: { shape: () => DirectoryListingOptimization },
  },
};
const S3Tag: StructureShape = {
  kind: 'structure',
  required: ['Key', 'Value'],
  members: {
    Key: { shape: () => S3TagKey },
    Value: { shape: () => S3TagValue },
  },
};
const S3TagKey: StringShape = { kind: 'string', min: 1, max: 128, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' };
const S3TagValue: StringShape = { kind: 'string', min: 0, max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' };
const S3Tags: ListShape = { kind: 'list', min: 1, max: 10, member: () => S3Tag };
const SecondaryGids: ListShape = { kind: 'list', min: 0, max: 16, member: () => PosixId };
const SecretId: StringShape = { kind: 'string', min: 1, max: 2048 };
const SecurityGroupId: StringShape = { kind: 'string', min: 11, max: 20, pattern: 'sg-[0-9a-f]{8,17}' };
const SecurityGroupIds: ListShape = { kind: 'list', member: () => SecurityGroupId };
const SecurityPolicyName: StringShape = { kind: 'string', min: 0, max: 100, pattern: 'Transfer[A-Za-z0-9]*SecurityPolicy-[A-Za-z0-9-]+' };
const SendWorkflowStepStateRequest: StructureShape = {
  kind: 'structure',
  required: ['WorkflowId', 'ExecutionId', 'Token', 'Status'],
  members: {
    WorkflowId: { shape: () => WorkflowId },
    ExecutionId: { shape: () => ExecutionId },
    Token: { shape: () => CallbackToken },
    Status: { shape: () => CustomStepStatus },
  },
};
const ServerId: StringShape = { kind: 'string', min: 19, max: 19, pattern: 's-([0-9a-f]{17})' };
const SetStatOption: StringShape = { kind: 'string', enum: ['DEFAULT', 'ENABLE_NO_OP'] };
const SftpAuthenticationMethods: StringShape = { kind: 'string', enum: ['PASSWORD', 'PUBLIC_KEY', 'PUBLIC_KEY_OR_PASSWORD', 'PUBLIC_KEY_AND_PASSWORD'] };
const SftpConnectorConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    UserSecretId: { shape: () => SecretId },
    TrustedHostKeys: { shape: () => SftpConnectorTrustedHostKeyList },
    MaxConcurrentConnections: { shape: () => MaxConcurrentConnections },
  },
};
const SftpConnectorTrustedHostKey: StringShape = { kind: 'string', min: 1, max: 2048 };
const SftpConnectorTrustedHostKeyList: ListShape = { kind: 'list', min: 0, max: 10, member: () => SftpConnectorTrustedHostKey };
const SftpPort: NumberShape = { kind: 'integer', min: 1, max: 65535 };
const SigningAlg: StringShape = { kind: 'string', enum: ['SHA256', 'SHA384', 'SHA512', 'SHA1', 'NONE'] };
const SourceFileLocation: StringShape = { kind: 'string', min: 0, max: 256, pattern: '\\$\\{(\\w+\\.)+\\w+\\}' };
const SourceIp: StringShape = { kind: 'string', min: 0, max: 32, pattern: '[0-9a-fA-F\\.\\:]+' };
const SshPublicKeyBody: StringShape = { kind: 'string', min: 0, max: 2048, pattern: '[\\s\\S]*' };
const SshPublicKeyId: StringShape = { kind: 'string', min: 21, max: 21, pattern: 'key-[0-9a-f]{17}' };
const StartDirectoryListingRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId', 'RemoteDirectoryPath', 'OutputDirectoryPath'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    RemoteDirectoryPath: { shape: () => FilePath },
    MaxItems: { shape: () => MaxItems },
    OutputDirectoryPath: { shape: () => FilePath },
  },
};
const StartFileTransferRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    SendFilePaths: { shape: () => FilePaths },
    RetrieveFilePaths: { shape: () => FilePaths },
    LocalDirectoryPath: { shape: () => FilePath },
    RemoteDirectoryPath: { shape: () => FilePath },
    CustomHttpHeaders: { shape: () => CustomHttpHeaders },
  },
};
const StartRemoteDeleteRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId', 'DeletePath'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    DeletePath: { shape: () => FilePath },
  },
};
const StartRemoteMoveRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId', 'SourcePath', 'TargetPath'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    SourcePath: { shape: () => FilePath },
    TargetPath: { shape: () => FilePath },
  },
};
const StartServerRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    ServerId: { shape: () => ServerId },
  },
};
const StopServerRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    ServerId: { shape: () => ServerId },
  },
};
const StructuredLogDestinations: ListShape = { kind: 'list', min: 0, max: 1, member: () => Arn };
const SubnetId: StringShape = { kind: 'string' };
const SubnetIds: ListShape = { kind: 'list', member: () => SubnetId };
const Tag: StructureShape = {
  kind: 'structure',
  required: ['Key', 'Value'],
  members: {
    Key: { shape: () => TagKey },
    Value: { shape: () => TagValue },
  },
};
const TagKey: StringShape = { kind: 'string', min: 0, max: 128 };
const TagKeys: ListShape = { kind: 'list', min: 1, max: 50, member: () => TagKey };
const TagResourceRequest: StructureShape = {
  kind: 'structure',
  required: ['Arn', 'Tags'],
  members: {
    Arn: { shape: () => Arn },
    Tags: { shape: () => Tags },
  },
};
const TagStepDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Name: { shape: () => WorkflowStepName },
    Tags: { shape: () => S3Tags },
    SourceFileLocation: { shape: () => SourceFileLocation },
  },
};
const TagValue: StringShape = { kind: 'string', min: 0, max: 256 };
const Tags: ListShape = { kind: 'list', min: 1, max: 50, member: () => Tag };
const TestConnectionRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
  },
};
const TestIdentityProviderRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'UserName'],
  members: {
    ServerId: { shape: () => ServerId },
    ServerProtocol: { shape: () => Protocol },
    SourceIp: { shape: () => SourceIp },
    UserName: { shape: () => UserName },
    UserPassword: { shape: () => UserPassword },
  },
};
const TlsSessionResumptionMode: StringShape = { kind: 'string', enum: ['DISABLED', 'ENABLED', 'ENFORCED'] };
const TransferId: StringShape = { kind: 'string', min: 1, max: 512, pattern: '[0-9a-zA-Z./-]+' };
const UntagResourceRequest: StructureShape = {
  kind: 'structure',
  required: ['Arn', 'TagKeys'],
  members: {
    Arn: { shape: () => Arn },
    TagKeys: { shape: () => TagKeys },
  },
};
const UpdateAccessRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'ExternalId'],
  members: {
    HomeDirectory: { shape: () => HomeDirectory },
    HomeDirectoryType: { shape: () => HomeDirectoryType },
    HomeDirectoryMappings: { shape: () => HomeDirectoryMappings },
    Policy: { shape: () => Policy },
    PosixProfile: { shape: () => PosixProfile },
    Role: { shape: () => Role },
    ServerId: { shape: () => ServerId },
    ExternalId: { shape: () => ExternalId },
  },
};
const UpdateAgreementRequest: StructureShape = {
  kind: 'structure',
  required: ['AgreementId', 'ServerId'],
  members: {
    AgreementId: { shape: () => AgreementId },
    ServerId: { shape: () => ServerId },
    Description: { shape: () => Description },
    Status: { shape: () => AgreementStatusType },
    LocalProfileId: { shape: () => ProfileId },
    PartnerProfileId: { shape: () => ProfileId },
    BaseDirectory: { shape: () => HomeDirectory },
    AccessRole: { shape: () => Role },
    PreserveFilename: { shape: () => PreserveFilenameType },
    EnforceMessageSigning: { shape: () => EnforceMessageSigningType },
    CustomDirectories: { shape: () => CustomDirectoriesType },
  },
};
const UpdateCertificateRequest: StructureShape = {
  kind: 'structure',
  required: ['CertificateId'],
  members: {
    CertificateId: { shape: () => CertificateId },
    ActiveDate: { shape: () => CertDate },
    InactiveDate: { shape: () => CertDate },
    Description: { shape: () => Description },
  },
};
const UpdateConnectorEgressConfig: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    VpcLattice: { shape: () => UpdateConnectorVpcLatticeEgressConfig },
  },
};
const UpdateConnectorRequest: StructureShape = {
  kind: 'structure',
  required: ['ConnectorId'],
  members: {
    ConnectorId: { shape: () => ConnectorId },
    Url: { shape: () => Url },
    As2Config: { shape: () => As2ConnectorConfig },
    AccessRole: { shape: () => Role },
    LoggingRole: { shape: () => Role },
    SftpConfig: { shape: () => SftpConnectorConfig },
    SecurityPolicyName: { shape: () => ConnectorSecurityPolicyName },
    EgressConfig: { shape: () => UpdateConnectorEgressConfig },
    IpAddressType: { shape: () => ConnectorsIpAddressType },
  },
};
const UpdateConnectorVpcLatticeEgressConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    ResourceConfigurationArn: { shape: () => VpcLatticeResourceConfigurationArn },
    PortNumber: { shape: () => SftpPort },
  },
};
const UpdateHostKeyRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'HostKeyId', 'Description'],
  members: {
    ServerId: { shape: () => ServerId },
    HostKeyId: { shape: () => HostKeyId },
    Description: { shape: () => HostKeyDescription },
  },
};
const UpdateProfileRequest: StructureShape = {
  kind: 'structure',
  required: ['ProfileId'],
  members: {
    ProfileId: { shape: () => ProfileId },
    CertificateIds: { shape: () => CertificateIds },
  },
};
const UpdateServerRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId'],
  members: {
    Certificate: { shape: () => Certificate },
    ProtocolDetails: { shape: () => ProtocolDetails },
    EndpointDetails: { shape: () => EndpointDetails },
    EndpointType: { shape: () => EndpointType },
    HostKey: { shape: () => HostKey },
    IdentityProviderDetails: { shape: () => IdentityProviderDetails },
    LoggingRole: { shape: () => NullableRole },
    PostAuthenticationLoginBanner: { shape: () => PostAuthenticationLoginBanner },
    PreAuthenticationLoginBanner: { shape: () => PreAuthenticationLoginBanner },
    Protocols: { shape: () => Protocols },
    SecurityPolicyName: { shape: () => SecurityPolicyName },
    ServerId: { shape: () => ServerId },
    WorkflowDetails: { shape: () => WorkflowDetails },
    StructuredLogDestinations: { shape: () => StructuredLogDestinations },
    S3StorageOptions: { shape: () => S3StorageOptions },
    IpAddressType: { shape: () => IpAddressType },
    IdentityProviderType: { shape: () => IdentityProviderType },
  },
};
const UpdateUserRequest: StructureShape = {
  kind: 'structure',
  required: ['ServerId', 'UserName'],
  members: {
    HomeDirectory: { shape: () => HomeDirectory },
    HomeDirectoryType: { shape: () => HomeDirectoryType },
    HomeDirectoryMappings: { shape: () => HomeDirectoryMappings },
    Policy: { shape: () => Policy },
    PosixProfile: { shape: () => PosixProfile },
    Role: { shape: () => Role },
    ServerId: { shape: () => ServerId },
    UserName: { shape: () => UserName },
  },
};
const UpdateWebAppCustomizationRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
    Title: { shape: () => WebAppTitle },
    LogoFile: { shape: () => WebAppLogoFile },
    FaviconFile: { shape: () => WebAppFaviconFile },
  },
};
const UpdateWebAppEndpointDetails: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    Vpc: { shape: () => UpdateWebAppVpcConfig },
  },
};
const UpdateWebAppIdentityCenterConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Role: { shape: () => Role },
  },
};
const UpdateWebAppIdentityProviderDetails: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    IdentityCenterConfig: { shape: () => UpdateWebAppIdentityCenterConfig },
  },
};
const UpdateWebAppRequest: StructureShape = {
  kind: 'structure',
  required: ['WebAppId'],
  members: {
    WebAppId: { shape: () => WebAppId },
    IdentityProviderDetails: { shape: () => UpdateWebAppIdentityProviderDetails },
    AccessEndpoint: { shape: () => WebAppAccessEndpoint },
    WebAppUnits: { shape: () => WebAppUnits },
    EndpointDetails: { shape: () => UpdateWebAppEndpointDetails },
  },
};
const UpdateWebAppVpcConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    SubnetIds: { shape: () => SubnetIds },
    IpAddressType: { shape: () => WebAppVpcEndpointIpAddressType },
  },
};
const Url: StringShape = { kind: 'string', min: 0, max: 255 };
const UserName: StringShape = { kind: 'string', min: 3, max: 100, pattern: '[\\w][\\w@.-]{2,99}' };
const UserPassword: StringShape = { kind: 'string', min: 0, max: 1024, sensitive: true };
const VpcEndpointId: StringShape = { kind: 'string', min: 22, max: 22, pattern: 'vpce-[0-9a-f]{17}' };
const VpcId: StringShape = { kind: 'string' };
const VpcLatticeResourceConfigurationArn: StringShape = { kind: 'string', min: 1, max: 2048, pattern: 'arn:[a-z0-9\\-]+:vpc-lattice:[a-zA-Z0-9\\-]+:\\d{12}:resourceconfiguration/rcfg-[0-9a-z]{17}' };
const WebAppAccessEndpoint: StringShape = { kind: 'string', min: 1, max: 1024 };
const WebAppEndpointDetails: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    Vpc: { shape: () => WebAppVpcConfig },
  },
};
const WebAppEndpointPolicy: StringShape = { kind: 'string', enum: ['FIPS', 'STANDARD'] };
const WebAppFaviconFile: Shape = { kind: 'blob', min: 1, max: 20960, sensitive: true };
const WebAppId: StringShape = { kind: 'string', min: 24, max: 24, pattern: 'webapp-[0-9a-f]{17}' };
const WebAppIdentityProviderDetails: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    IdentityCenterConfig: { shape: () => IdentityCenterConfig },
  },
};
const WebAppLogoFile: Shape = { kind: 'blob', min: 1, max: 51200, sensitive: true };
const WebAppTitle: StringShape = { kind: 'string', min: 0, max: 100 };
const WebAppUnitCount: NumberShape = { kind: 'integer', min: 1 };
const WebAppUnits: StructureShape = {
  kind: 'structure',
  union: true,
  required: [],
  members: {
    Provisioned: { shape: () => WebAppUnitCount },
  },
};
const WebAppVpcConfig: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    SubnetIds: { shape: () => SubnetIds },
    VpcId: { shape: () => VpcId },
    SecurityGroupIds: { shape: () => SecurityGroupIds },
    IpAddressType: { shape: () => WebAppVpcEndpointIpAddressType },
  },
};
const WebAppVpcEndpointIpAddressType: StringShape = { kind: 'string', enum: ['IPV4', 'DUALSTACK'] };
const WorkflowDescription: StringShape = { kind: 'string', min: 0, max: 256, pattern: '[\\w- ]*' };
const WorkflowDetail: StructureShape = {
  kind: 'structure',
  required: ['WorkflowId', 'ExecutionRole'],
  members: {
    WorkflowId: { shape: () => WorkflowId },
    ExecutionRole: { shape: () => Role },
  },
};
const WorkflowDetails: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    OnUpload: { shape: () => OnUploadWorkflowDetails },
    OnPartialUpload: { shape: () => OnPartialUploadWorkflowDetails },
  },
};
const WorkflowId: StringShape = { kind: 'string', min: 19, max: 19, pattern: 'w-([a-z0-9]{17})' };
const WorkflowStep: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Type: { shape: () => WorkflowStepType },
    CopyStepDetails: { shape: () => CopyStepDetails },
    CustomStepDetails: { shape: () => CustomStepDetails },
    DeleteStepDetails: { shape: () => DeleteStepDetails },
    TagStepDetails: { shape: () => TagStepDetails },
    DecryptStepDetails: { shape: () => DecryptStepDetails },
  },
};
const WorkflowStepName: StringShape = { kind: 'string', min: 0, max: 30, pattern: '[\\w-]*' };
const WorkflowStepType: StringShape = { kind: 'string', enum: ['COPY', 'CUSTOM', 'TAG', 'DELETE', 'DECRYPT'] };
const WorkflowSteps: ListShape = { kind: 'list', min: 0, max: 8, member: () => WorkflowStep };

export const transferModel: ServiceModel = {
  apiVersion: '2018-11-05',
  signingName: 'transfer',
  targetPrefix: 'TransferService',
  operations: {
    CreateAccess: { name: 'CreateAccess', method: 'POST', uri: '/', input: CreateAccessRequest, hasOutput: true },
    CreateAgreement: { name: 'CreateAgreement', method: 'POST', uri: '/', input: CreateAgreementRequest, hasOutput: true },
    CreateConnector: { name: 'CreateConnector', method: 'POST', uri: '/', input: CreateConnectorRequest, hasOutput: true },
    CreateProfile: { name: 'CreateProfile', method: 'POST', uri: '/', input: CreateProfileRequest, hasOutput: true },
    CreateServer: { name: 'CreateServer', method: 'POST', uri: '/', input: CreateServerRequest, hasOutput: true },
    CreateUser: { name: 'CreateUser', method: 'POST', uri: '/', input: CreateUserRequest, hasOutput: true },
    CreateWebApp: { name: 'CreateWebApp', method: 'POST', uri: '/', input: CreateWebAppRequest, hasOutput: true },
    CreateWorkflow: { name: 'CreateWorkflow', method: 'POST', uri: '/', input: CreateWorkflowRequest, hasOutput: true },
    DeleteAccess: { name: 'DeleteAccess', method: 'POST', uri: '/', input: DeleteAccessRequest, hasOutput: false },
    DeleteAgreement: { name: 'DeleteAgreement', method: 'POST', uri: '/', input: DeleteAgreementRequest, hasOutput: false },
    DeleteCertificate: { name: 'DeleteCertificate', method: 'POST', uri: '/', input: DeleteCertificateRequest, hasOutput: false },
    DeleteConnector: { name: 'DeleteConnector', method: 'POST', uri: '/', input: DeleteConnectorRequest, hasOutput: false },
    DeleteHostKey: { name: 'DeleteHostKey', method: 'POST', uri: '/', input: DeleteHostKeyRequest, hasOutput: false },
    DeleteProfile: { name: 'DeleteProfile', method: 'POST', uri: '/', input: DeleteProfileRequest, hasOutput: false },
    DeleteServer: { name: 'DeleteServer', method: 'POST', uri: '/', input: DeleteServerRequest, hasOutput: false },
    DeleteSshPublicKey: { name: 'DeleteSshPublicKey', method: 'POST', uri: '/', input: DeleteSshPublicKeyRequest, hasOutput: false },
    DeleteUser: { name: 'DeleteUser', method: 'POST', uri: '/', input: DeleteUserRequest, hasOutput: false },
    DeleteWebApp: { name: 'DeleteWebApp', method: 'POST', uri: '/', input: DeleteWebAppRequest, hasOutput: false },
    DeleteWebAppCustomization: { name: 'DeleteWebAppCustomization', method: 'POST', uri: '/', input: DeleteWebAppCustomizationRequest, hasOutput: false },
    DeleteWorkflow: { name: 'DeleteWorkflow', method: 'POST', uri: '/', input: DeleteWorkflowRequest, hasOutput: false },
    DescribeAccess: { name: 'DescribeAccess', method: 'POST', uri: '/', input: DescribeAccessRequest, hasOutput: true },
    DescribeAgreement: { name: 'DescribeAgreement', method: 'POST', uri: '/', input: DescribeAgreementRequest, hasOutput: true },
    DescribeCertificate: { name: 'DescribeCertificate', method: 'POST', uri: '/', input: DescribeCertificateRequest, hasOutput: true },
    DescribeConnector: { name: 'DescribeConnector', method: 'POST', uri: '/', input: DescribeConnectorRequest, hasOutput: true },
    DescribeExecution: { name: 'DescribeExecution', method: 'POST', uri: '/', input: DescribeExecutionRequest, hasOutput: true },
    DescribeHostKey: { name: 'DescribeHostKey', method: 'POST', uri: '/', input: DescribeHostKeyRequest, hasOutput: true },
    DescribeProfile: { name: 'DescribeProfile', method: 'POST', uri: '/', input: DescribeProfileRequest, hasOutput: true },
    DescribeSecurityPolicy: { name: 'DescribeSecurityPolicy', method: 'POST', uri: '/', input: DescribeSecurityPolicyRequest, hasOutput: true },
    DescribeServer: { name: 'DescribeServer', method: 'POST', uri: '/', input: DescribeServerRequest, hasOutput: true },
    DescribeUser: { name: 'DescribeUser', method: 'POST', uri: '/', input: DescribeUserRequest, hasOutput: true },
    DescribeWebApp: { name: 'DescribeWebApp', method: 'POST', uri: '/', input: DescribeWebAppRequest, hasOutput: true },
    DescribeWebAppCustomization: { name: 'DescribeWebAppCustomization', method: 'POST', uri: '/', input: DescribeWebAppCustomizationRequest, hasOutput: true },
    DescribeWorkflow: { name: 'DescribeWorkflow', method: 'POST', uri: '/', input: DescribeWorkflowRequest, hasOutput: true },
    ImportCertificate: { name: 'ImportCertificate', method: 'POST', uri: '/', input: ImportCertificateRequest, hasOutput: true },
    ImportHostKey: { name: 'ImportHostKey', method: 'POST', uri: '/', input: ImportHostKeyRequest, hasOutput: true },
    ImportSshPublicKey: { name: 'ImportSshPublicKey', method: 'POST', uri: '/', input: ImportSshPublicKeyRequest, hasOutput: true },
    ListAccesses: { name: 'ListAccesses', method: 'POST', uri: '/', input: ListAccessesRequest, hasOutput: true },
    ListAgreements: { name: 'ListAgreements', method: 'POST', uri: '/', input: ListAgreementsRequest, hasOutput: true },
    ListCertificates: { name: 'ListCertificates', method: 'POST', uri: '/', input: ListCertificatesRequest, hasOutput: true },
    ListConnectors: { name: 'ListConnectors', method: 'POST', uri: '/', input: ListConnectorsRequest, hasOutput: true },
    ListExecutions: { name: 'ListExecutions', method: 'POST', uri: '/', input: ListExecutionsRequest, hasOutput: true },
    ListFileTransferResults: { name: 'ListFileTransferResults', method: 'POST', uri: '/', input: ListFileTransferResultsRequest, hasOutput: true },
    ListHostKeys: { name: 'ListHostKeys', method: 'POST', uri: '/', input: ListHostKeysRequest, hasOutput: true },
    ListProfiles: { name: 'ListProfiles', method: 'POST', uri: '/', input: ListProfilesRequest, hasOutput: true },
    ListSecurityPolicies: { name: 'ListSecurityPolicies', method: 'POST', uri: '/', input: ListSecurityPoliciesRequest, hasOutput: true },
    ListServers: { name: 'ListServers', method: 'POST', uri: '/', input: ListServersRequest, hasOutput: true },
    ListTagsForResource: { name: 'ListTagsForResource', method: 'POST', uri: '/', input: ListTagsForResourceRequest, hasOutput: true },
    ListUsers: { name: 'ListUsers', method: 'POST', uri: '/', input: ListUsersRequest, hasOutput: true },
    ListWebApps: { name: 'ListWebApps', method: 'POST', uri: '/', input: ListWebAppsRequest, hasOutput: true },
    ListWorkflows: { name: 'ListWorkflows', method: 'POST', uri: '/', input: ListWorkflowsRequest, hasOutput: true },
    SendWorkflowStepState: { name: 'SendWorkflowStepState', method: 'POST', uri: '/', input: SendWorkflowStepStateRequest, hasOutput: true },
    StartDirectoryListing: { name: 'StartDirectoryListing', method: 'POST', uri: '/', input: StartDirectoryListingRequest, hasOutput: true },
    StartFileTransfer: { name: 'StartFileTransfer', method: 'POST', uri: '/', input: StartFileTransferRequest, hasOutput: true },
    StartRemoteDelete: { name: 'StartRemoteDelete', method: 'POST', uri: '/', input: StartRemoteDeleteRequest, hasOutput: true },
    StartRemoteMove: { name: 'StartRemoteMove', method: 'POST', uri: '/', input: StartRemoteMoveRequest, hasOutput: true },
    StartServer: { name: 'StartServer', method: 'POST', uri: '/', input: StartServerRequest, hasOutput: false },
    StopServer: { name: 'StopServer', method: 'POST', uri: '/', input: StopServerRequest, hasOutput: false },
    TagResource: { name: 'TagResource', method: 'POST', uri: '/', input: TagResourceRequest, hasOutput: false },
    TestConnection: { name: 'TestConnection', method: 'POST', uri: '/', input: TestConnectionRequest, hasOutput: true },
    TestIdentityProvider: { name: 'TestIdentityProvider', method: 'POST', uri: '/', input: TestIdentityProviderRequest, hasOutput: true },
    UntagResource: { name: 'UntagResource', method: 'POST', uri: '/', input: UntagResourceRequest, hasOutput: false },
    UpdateAccess: { name: 'UpdateAccess', method: 'POST', uri: '/', input: UpdateAccessRequest, hasOutput: true },
    UpdateAgreement: { name: 'UpdateAgreement', method: 'POST', uri: '/', input: UpdateAgreementRequest, hasOutput: true },
    UpdateCertificate: { name: 'UpdateCertificate', method: 'POST', uri: '/', input: UpdateCertificateRequest, hasOutput: true },
    UpdateConnector: { name: 'UpdateConnector', method: 'POST', uri: '/', input: UpdateConnectorRequest, hasOutput: true },
    UpdateHostKey: { name: 'UpdateHostKey', method: 'POST', uri: '/', input: UpdateHostKeyRequest, hasOutput: true },
    UpdateProfile: { name: 'UpdateProfile', method: 'POST', uri: '/', input: UpdateProfileRequest, hasOutput: true },
    UpdateServer: { name: 'UpdateServer', method: 'POST', uri: '/', input: UpdateServerRequest, hasOutput: true },
    UpdateUser: { name: 'UpdateUser', method: 'POST', uri: '/', input: UpdateUserRequest, hasOutput: true },
    UpdateWebApp: { name: 'UpdateWebApp', method: 'POST', uri: '/', input: UpdateWebAppRequest, hasOutput: true },
    UpdateWebAppCustomization: { name: 'UpdateWebAppCustomization', method: 'POST', uri: '/', input: UpdateWebAppCustomizationRequest, hasOutput: true },
  },
};
