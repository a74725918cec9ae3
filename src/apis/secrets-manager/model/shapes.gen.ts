// Generated from models/secrets-manager.json by `npm run generate`; do not edit.
import type { ListShape, NumberShape, ServiceModel, Shape, StringShape, StructureShape } from '../../../wire/shape.ts';

const AddReplicaRegionListType: ListShape = { kind: 'list', min: 1, member: () => ReplicaRegionType };
const AutomaticallyRotateAfterDaysType: NumberShape = { kind: 'long', min: 1, max: 1000 };
const BatchGetSecretValueRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    SecretIdList: { shape: () => SecretIdListType },
    Filters: { shape: () => FiltersListType },
    MaxResults: { shape: () => MaxResultsBatchType },
    NextToken: { shape: () => NextTokenType },
  },
};
const BooleanType: Shape = { kind: 'boolean' };
const CancelRotateSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const ClientRequestTokenType: StringShape = { kind: 'string', min: 32, max: 64 };
const CreateSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['Name'],
  members: {
    Name: { shape: () => NameType },
    ClientRequestToken: { shape: () => ClientRequestTokenType },
    Description: { shape: () => DescriptionType },
    KmsKeyId: { shape: () => KmsKeyIdType },
    SecretBinary: { shape: () => SecretBinaryType },
    SecretString: { shape: () => SecretStringType },
    Tags: { shape: () => TagListType },
    AddReplicaRegions: { shape: () => AddReplicaRegionListType },
    ForceOverwriteReplicaSecret: { shape: () => BooleanType },
    Type: { shape: () => MedeaTypeType },
  },
};
const DeleteResourcePolicyRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const DeleteSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    RecoveryWindowInDays: { shape: () => RecoveryWindowInDaysType },
    ForceDeleteWithoutRecovery: { shape: () => BooleanType },
  },
};
const DescribeSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const DescriptionType: StringShape = { kind: 'string', max: 2048 };
const DurationType: StringShape = { kind: 'string', min: 2, max: 3, pattern: '[0-9]+h' };
const ExcludeCharactersType: StringShape = { kind: 'string', min: 0, max: 4096 };
const ExcludeLowercaseType: Shape = { kind: 'boolean' };
const ExcludeNumbersType: Shape = { kind: 'boolean' };
const ExcludePunctuationType: Shape = { kind: 'boolean' };
const ExcludeUppercaseType: Shape = { kind: 'boolean' };
const ExternalSecretRotationMetadataItem: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Key: { shape: () => ExternalSecretRotationMetadataItemKeyType },
    Value: { shape: () => ExternalSecretRotationMetadataItemValueType },
  },
};
const ExternalSecretRotationMetadataItemKeyType: StringShape = { kind: 'string', min: 1, max: 256 };
const ExternalSecretRotationMetadataItemValueType: StringShape = { kind: 'string', min: 1, max: 2048 };
const ExternalSecretRotationMetadataType: ListShape = { kind: 'list', member: () => ExternalSecretRotationMetadataItem };
const Filter: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Key: { shape: () => FilterNameStringType },
    Values: { shape: () => FilterValuesStringList },
  },
};
const FilterNameStringType: StringShape = { kind: 'string', enum: ['description', 'name', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'] };
const FilterValueStringType: StringShape = { kind: 'string', max: 512, pattern: '^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$' };
const FilterValuesStringList: ListShape = { kind: 'list', min: 1, max: 10, member: () => FilterValueStringType };
const FiltersListType: ListShape = { kind: 'list', max: 10, member: () => Filter };
const GetRandomPasswordRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    PasswordLength: { shape: () => PasswordLengthType },
    ExcludeCharacters: { shape: () => ExcludeCharactersType },
    ExcludeNumbers: { shape: () => ExcludeNumbersType },
    ExcludePunctuation: { shape: () => ExcludePunctuationType },
    ExcludeUppercase: { shape: () => ExcludeUppercaseType },
    ExcludeLowercase: { shape: () => ExcludeLowercaseType },
    IncludeSpace: { shape: () => IncludeSpaceType },
    RequireEachIncludedType: { shape: () => RequireEachIncludedTypeType },
  },
};
const GetResourcePolicyRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const GetSecretValueRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    VersionId: { shape: () => SecretVersionIdType },
    VersionStage: { shape: () => SecretVersionStageType },
  },
};
const IncludeSpaceType: Shape = { kind: 'boolean' };
const KmsKeyIdType: StringShape = { kind: 'string', min: 0, max: 2048 };
const ListSecretVersionIdsRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    MaxResults: { shape: () => MaxResultsType },
    NextToken: { shape: () => NextTokenType },
    IncludeDeprecated: { shape: () => BooleanType },
  },
};
const ListSecretsRequest: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    IncludePlannedDeletion: { shape: () => BooleanType },
    MaxResults: { shape: () => MaxResultsType },
    NextToken: { shape: () => NextTokenType },
    Filters: { shape: () => FiltersListType },
    SortOrder: { shape: () => SortOrderType },
    SortBy: { shape: () => SortByType },
  },
};
const MaxResultsBatchType: NumberShape = { kind: 'integer', min: 1, max: 20 };
const MaxResultsType: NumberShape = { kind: 'integer', min: 1, max: 100 };
const MedeaTypeType: StringShape = { kind: 'string', min: 0, max: 256 };
const NameType: StringShape = { kind: 'string', min: 1, max: 512 };
const NextTokenType: StringShape = { kind: 'string', min: 1, max: 4096 };
const NonEmptyResourcePolicyType: StringShape = { kind: 'string', min: 1, max: 20480 };
const PasswordLengthType: NumberShape = { kind: 'long', min: 1, max: 4096 };
const PutResourcePolicyRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'ResourcePolicy'],
  members: {
    SecretId: { shape: () => SecretIdType },
    ResourcePolicy: { shape: () => NonEmptyResourcePolicyType },
    BlockPublicPolicy: { shape: () => BooleanType },
  },
};
const PutSecretValueRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    ClientRequestToken: { shape: () => ClientRequestTokenType },
    SecretBinary: { shape: () => SecretBinaryType },
    SecretString: { shape: () => SecretStringType },
    VersionStages: { shape: () => SecretVersionStagesType },
    RotationToken: { shape: () => RotationTokenType },
  },
};
const RecoveryWindowInDaysType: NumberShape = { kind: 'long' };
const RegionType: StringShape = { kind: 'string', min: 1, max: 128, pattern: '^([a-z]+-)+\\d+$' };
const RemoveRegionsFromReplicationRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'RemoveReplicaRegions'],
  members: {
    SecretId: { shape: () => SecretIdType },
    RemoveReplicaRegions: { shape: () => RemoveReplicaRegionListType },
  },
};
const RemoveReplicaRegionListType: ListShape = { kind: 'list', min: 1, member: () => RegionType };
const ReplicaRegionType: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Region: { shape: () => RegionType },
    KmsKeyId: { shape: () => KmsKeyIdType },
  },
};
const ReplicateSecretToRegionsRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'AddReplicaRegions'],
  members: {
    SecretId: { shape: () => SecretIdType },
    AddReplicaRegions: { shape: () => AddReplicaRegionListType },
    ForceOverwriteReplicaSecret: { shape: () => BooleanType },
  },
};
const RequireEachIncludedTypeType: Shape = { kind: 'boolean' };
const RestoreSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const RoleARNType: StringShape = { kind: 'string', min: 20, max: 2048 };
const RotateSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    ClientRequestToken: { shape: () => ClientRequestTokenType },
    RotationLambdaARN: { shape: () => RotationLambdaARNType },
    RotationRules: { shape: () => RotationRulesType },
    ExternalSecretRotationMetadata: { shape: () => ExternalSecretRotationMetadataType },
    ExternalSecretRotationRoleArn: { shape: () => RoleARNType },
    RotateImmediately: { shape: () => BooleanType },
  },
};
const RotationLambdaARNType: StringShape = { kind: 'string', min: 0, max: 2048 };
const RotationRulesType: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    AutomaticallyAfterDays: { shape: () => AutomaticallyRotateAfterDaysType },
    Duration: { shape: () => DurationType },
    ScheduleExpression: { shape: () => ScheduleExpressionType },
  },
};
const RotationTokenType: StringShape = { kind: 'string', min: 36, max: 256, pattern: '^[a-zA-Z0-9\\-]+$', sensitive: true };
const ScheduleExpressionType: StringShape = { kind: 'string', min: 1, max: 256, pattern: '[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+' };
const SecretBinaryType: Shape = { kind: 'blob', min: 1, max: 65536, sensitive: true };
const SecretIdListType: ListShape = { kind: 'list', min: 1, max: 20, member: () => SecretIdType };
const SecretIdType: StringShape = { kind: 'string', min: 1, max: 2048 };
const SecretStringType: StringShape = { kind: 'string', min: 1, max: 65536, sensitive: true };
const SecretVersionIdType: StringShape = { kind: 'string', min: 32, max: 64 };
const SecretVersionStageType: StringShape = { kind: 'string', min: 1, max: 256 };
const SecretVersionStagesType: ListShape = { kind: 'list', min: 1, max: 20, member: () => SecretVersionStageType };
const SortByType: StringShape = { kind: 'string', enum: ['created-date', 'last-accessed-date', 'last-changed-date', 'name'] };
const SortOrderType: StringShape = { kind: 'string', enum: ['asc', 'desc'] };
const StopReplicationToReplicaRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
  },
};
const Tag: StructureShape = {
  kind: 'structure',
  required: [],
  members: {
    Key: { shape: () => TagKeyType },
    Value: { shape: () => TagValueType },
  },
};
const TagKeyListType: ListShape = { kind: 'list', member: () => TagKeyType };
const TagKeyType: StringShape = { kind: 'string', min: 1, max: 128 };
const TagListType: ListShape = { kind: 'list', member: () => Tag };
const TagResourceRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'Tags'],
  members: {
    SecretId: { shape: () => SecretIdType },
    Tags: { shape: () => TagListType },
  },
};
const TagValueType: StringShape = { kind: 'string', min: 0, max: 256 };
const UntagResourceRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'TagKeys'],
  members: {
    SecretId: { shape: () => SecretIdType },
    TagKeys: { shape: () => TagKeyListType },
  },
};
const UpdateSecretRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId'],
  members: {
    SecretId: { shape: () => SecretIdType },
    ClientRequestToken: { shape: () => ClientRequestTokenType },
    Description: { shape: () => DescriptionType },
    KmsKeyId: { shape: () => KmsKeyIdType },
    SecretBinary: { shape: () => SecretBinaryType },
    SecretString: { shape: () => SecretStringType },
    Type: { shape: () => MedeaTypeType },
  },
};
const UpdateSecretVersionStageRequest: StructureShape = {
  kind: 'structure',
  required: ['SecretId', 'VersionStage'],
  members: {
    SecretId: { shape: () => SecretIdType },
    VersionStage: { shape: () => SecretVersionStageType },
    RemoveFromVersionId: { shape: () => SecretVersionIdType },
    MoveToVersionId: { shape: () => SecretVersionIdType },
  },
};
const ValidateResourcePolicyRequest: StructureShape = {
  kind: 'structure',
  required: ['ResourcePolicy'],
  members: {
    SecretId: { shape: () => SecretIdType },
    ResourcePolicy: { shape: () => NonEmptyResourcePolicyType },
  },
};

export const secretsManagerModel: ServiceModel = {
  apiVersion: '2017-10-17',
  signingName: 'secretsmanager',
  targetPrefix: 'secretsmanager',
  operations: {
    BatchGetSecretValue: { name: 'BatchGetSecretValue', method: 'POST', uri: '/', input: BatchGetSecretValueRequest, hasOutput: true },
    CancelRotateSecret: { name: 'CancelRotateSecret', method: 'POST', uri: '/', input: CancelRotateSecretRequest, hasOutput: true },
    CreateSecret: { name: 'CreateSecret', method: 'POST', uri: '/', input: CreateSecretRequest, hasOutput: true },
    DeleteResourcePolicy: { name: 'DeleteResourcePolicy', method: 'POST', uri: '/', input: DeleteResourcePolicyRequest, hasOutput: true },
    DeleteSecret: { name: 'DeleteSecret', method: 'POST', uri: '/', input: DeleteSecretRequest, hasOutput: true },
    DescribeSecret: { name: 'DescribeSecret', method: 'POST', uri: '/', input: DescribeSecretRequest, hasOutput: true },
    GetRandomPassword: { name: 'GetRandomPassword', method: 'POST', uri: '/', input: GetRandomPasswordRequest, hasOutput: true },
    GetResourcePolicy: { name: 'GetResourcePolicy', method: 'POST', uri: '/', input: GetResourcePolicyRequest, hasOutput: true },
    GetSecretValue: { name: 'GetSecretValue', method: 'POST', uri: '/', input: GetSecretValueRequest, hasOutput: true },
    ListSecretVersionIds: { name: 'ListSecretVersionIds', method: 'POST', uri: '/', input: ListSecretVersionIdsRequest, hasOutput: true },
    ListSecrets: { name: 'ListSecrets', method: 'POST', uri: '/', input: ListSecretsRequest, hasOutput: true },
    PutResourcePolicy: { name: 'PutResourcePolicy', method: 'POST', uri: '/', input: PutResourcePolicyRequest, hasOutput: true },
    PutSecretValue: { name: 'PutSecretValue', method: 'POST', uri: '/', input: PutSecretValueRequest, hasOutput: true },
    RemoveRegionsFromReplication: { name: 'RemoveRegionsFromReplication', method: 'POST', uri: '/', input: RemoveRegionsFromReplicationRequest, hasOutput: true },
    ReplicateSecretToRegions: { name: 'ReplicateSecretToRegions', method: 'POST', uri: '/', input: ReplicateSecretToRegionsRequest, hasOutput: true },
    RestoreSecret: { name: 'RestoreSecret', method: 'POST', uri: '/', input: RestoreSecretRequest, hasOutput: true },
    RotateSecret: { name: 'RotateSecret', method: 'POST', uri: '/', input: RotateSecretRequest, hasOutput: true },
    StopReplicationToReplica: { name: 'StopReplicationToReplica', method: 'POST', uri: '/', input: StopReplicationToReplicaRequest, hasOutput: true },
    TagResource: { name: 'TagResource', method: 'POST', uri: '/', input: TagResourceRequest, hasOutput: false },
    UntagResource: { name: 'UntagResource', method: 'POST', uri: '/', input: UntagResourceRequest, hasOutput: false },
    UpdateSecret: { name: 'UpdateSecret', method: 'POST', uri: '/', input: UpdateSecretRequest, hasOutput: true },
    UpdateSecretVersionStage: { name: 'UpdateSecretVersionStage', method: 'POST', uri: '/', input: UpdateSecretVersionStageRequest, hasOutput: true },
    ValidateResourcePolicy: { name: 'ValidateResourcePolicy', method: 'POST', uri: '/', input: ValidateResourcePolicyRequest, hasOutput: true },
  },
};
