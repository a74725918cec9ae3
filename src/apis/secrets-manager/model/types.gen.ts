// Generated from models/secrets-manager.json by `npm run generate`; do not edit.

export type OperationName =
  | 'BatchGetSecretValue'
  | 'CancelRotateSecret'
  | 'CreateSecret'
  | 'DeleteResourcePolicy'
  | 'DeleteSecret'
  | 'DescribeSecret'
  | 'GetRandomPassword'
  | 'GetResourcePolicy'
  | 'GetSecretValue'
  | 'ListSecretVersionIds'
  | 'ListSecrets'
  | 'PutResourcePolicy'
  | 'PutSecretValue'
  | 'RemoveRegionsFromReplication'
  | 'ReplicateSecretToRegions'
  | 'RestoreSecret'
  | 'RotateSecret'
  | 'StopReplicationToReplica'
  | 'TagResource'
  | 'UntagResource'
  | 'UpdateSecret'
  | 'UpdateSecretVersionStage'
  | 'ValidateResourcePolicy';

export type FaultName =
  | 'DecryptionFailure'
  | 'EncryptionFailure'
  | 'InternalServiceError'
  | 'InvalidNextTokenException'
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'LimitExceededException'
  | 'MalformedPolicyDocumentException'
  | 'PreconditionNotMetException'
  | 'PublicPolicyException'
  | 'ResourceExistsException'
  | 'ResourceNotFoundException';

export interface APIErrorType {
  readonly SecretId?: string;
  readonly ErrorCode?: string;
  readonly Message?: string;
}

export interface BatchGetSecretValueRequest {
  readonly SecretIdList?: readonly string[];
  readonly Filters?: readonly Filter[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface BatchGetSecretValueResponse {
  readonly SecretValues?: readonly SecretValueEntry[];
  readonly NextToken?: string;
  readonly Errors?: readonly APIErrorType[];
}

export interface CancelRotateSecretRequest {
  readonly SecretId: string;
}

export interface CancelRotateSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
}

export interface CreateSecretRequest {
  readonly Name: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly Tags?: readonly Tag[];
  readonly AddReplicaRegions?: readonly ReplicaRegionType[];
  readonly ForceOverwriteReplicaSecret?: boolean;
  readonly Type?: string;
}

export interface CreateSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
  readonly ReplicationStatus?: readonly ReplicationStatusType[];
}

export interface DeleteResourcePolicyRequest {
  readonly SecretId: string;
}

export interface DeleteResourcePolicyResponse {
  readonly ARN?: string;
  readonly Name?: string;
}

export interface DeleteSecretRequest {
  readonly SecretId: string;
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

export interface DeleteSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly DeletionDate?: number;
}

export interface DescribeSecretRequest {
  readonly SecretId: string;
}

export interface DescribeSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly RotationEnabled?: boolean;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRulesType;
  readonly ExternalSecretRotationMetadata?: readonly ExternalSecretRotationMetadataItem[];
  readonly ExternalSecretRotationRoleArn?: string;
  readonly LastRotatedDate?: number;
  readonly LastChangedDate?: number;
  readonly LastAccessedDate?: number;
  readonly DeletedDate?: number;
  readonly NextRotationDate?: number;
  readonly Tags?: readonly Tag[];
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
  readonly OwningService?: string;
  readonly CreatedDate?: number;
  readonly PrimaryRegion?: string;
  readonly ReplicationStatus?: readonly ReplicationStatusType[];
}

export interface ExternalSecretRotationMetadataItem {
  readonly Key?: string;
  readonly Value?: string;
}

export interface Filter {
  readonly Key?: FilterNameStringType;
  readonly Values?: readonly string[];
}

export type FilterNameStringType =
  | 'description'
  | 'name'
  | 'tag-key'
  | 'tag-value'
  | 'primary-region'
  | 'owning-service'
  | 'all';

export interface GetRandomPasswordRequest {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeLowercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

export interface GetRandomPasswordResponse {
  readonly RandomPassword?: string;
}

export interface GetResourcePolicyRequest {
  readonly SecretId: string;
}

export interface GetResourcePolicyResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly ResourcePolicy?: string;
}

export interface GetSecretValueRequest {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

export interface GetSecretValueResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly VersionStages?: readonly string[];
  readonly CreatedDate?: number;
}

export interface ListSecretVersionIdsRequest {
  readonly SecretId: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly IncludeDeprecated?: boolean;
}

export interface ListSecretVersionIdsResponse {
  readonly Versions?: readonly SecretVersionsListEntry[];
  readonly NextToken?: string;
  readonly ARN?: string;
  readonly Name?: string;
}

export interface ListSecretsRequest {
  readonly IncludePlannedDeletion?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Filters?: readonly Filter[];
  readonly SortOrder?: SortOrderType;
  readonly SortBy?: SortByType;
}

export interface ListSecretsResponse {
  readonly SecretList?: readonly SecretListEntry[];
  readonly NextToken?: string;
}

export interface PutResourcePolicyRequest {
  readonly SecretId: string;
  readonly ResourcePolicy: string;
  readonly BlockPublicPolicy?: boolean;
}

export interface PutResourcePolicyResponse {
  readonly ARN?: string;
  readonly Name?: string;
}

export interface PutSecretValueRequest {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly VersionStages?: readonly string[];
  readonly RotationToken?: string;
}

export interface PutSecretValueResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
  readonly VersionStages?: readonly string[];
}

export interface RemoveRegionsFromReplicationRequest {
  readonly SecretId: string;
  readonly RemoveReplicaRegions: readonly string[];
}

export interface RemoveRegionsFromReplicationResponse {
  readonly ARN?: string;
  readonly ReplicationStatus?: readonly ReplicationStatusType[];
}

export interface ReplicaRegionType {
  readonly Region?: string;
  readonly KmsKeyId?: string;
}

export interface ReplicateSecretToRegionsRequest {
  readonly SecretId: string;
  readonly AddReplicaRegions: readonly ReplicaRegionType[];
  readonly ForceOverwriteReplicaSecret?: boolean;
}

export interface ReplicateSecretToRegionsResponse {
  readonly ARN?: string;
  readonly ReplicationStatus?: readonly ReplicationStatusType[];
}

export interface ReplicationStatusType {
  readonly Region?: string;
  readonly KmsKeyId?: string;
  readonly Status?: StatusType;
  readonly StatusMessage?: string;
  readonly LastAccessedDate?: number;
}

export interface RestoreSecretRequest {
  readonly SecretId: string;
}

export interface RestoreSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
}

export interface RotateSecretRequest {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRulesType;
  readonly ExternalSecretRotationMetadata?: readonly ExternalSecretRotationMetadataItem[];
  readonly ExternalSecretRotationRoleArn?: string;
  readonly RotateImmediately?: boolean;
}

export interface RotateSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
}

export interface RotationRulesType {
  readonly AutomaticallyAfterDays?: number;
  readonly Duration?: string;
  readonly ScheduleExpression?: string;
}

export interface SecretListEntry {
  readonly ARN?: string;
  readonly Name?: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly RotationEnabled?: boolean;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRulesType;
  readonly ExternalSecretRotationMetadata?: readonly ExternalSecretRotationMetadataItem[];
  readonly ExternalSecretRotationRoleArn?: string;
  readonly LastRotatedDate?: number;
  readonly LastChangedDate?: number;
  readonly LastAccessedDate?: number;
  readonly DeletedDate?: number;
  readonly NextRotationDate?: number;
  readonly Tags?: readonly Tag[];
  readonly SecretVersionsToStages?: Readonly<Record<string, readonly string[]>>;
  readonly OwningService?: string;
  readonly CreatedDate?: number;
  readonly PrimaryRegion?: string;
}

export interface SecretValueEntry {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly VersionStages?: readonly string[];
  readonly CreatedDate?: number;
}

export interface SecretVersionsListEntry {
  readonly VersionId?: string;
  readonly VersionStages?: readonly string[];
  readonly LastAccessedDate?: number;
  readonly CreatedDate?: number;
  readonly KmsKeyIds?: readonly string[];
}

export type SortByType =
  | 'created-date'
  | 'last-accessed-date'
  | 'last-changed-date'
  | 'name';

export type SortOrderType =
  | 'asc'
  | 'desc';

export type StatusType =
  | 'InSync'
  | 'Failed'
  | 'InProgress';

export interface StopReplicationToReplicaRequest {
  readonly SecretId: string;
}

export interface StopReplicationToReplicaResponse {
  readonly ARN?: string;
}

export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

export interface TagResourceRequest {
  readonly SecretId: string;
  readonly Tags: readonly Tag[];
}

export interface UntagResourceRequest {
  readonly SecretId: string;
  readonly TagKeys: readonly string[];
}

export interface UpdateSecretRequest {
  readonly SecretId: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
  readonly Type?: string;
}

export interface UpdateSecretResponse {
  readonly ARN?: string;
  readonly Name?: string;
  readonly VersionId?: string;
}

export interface UpdateSecretVersionStageRequest {
  readonly SecretId: string;
  readonly VersionStage: string;
  readonly RemoveFromVersionId?: string;
  readonly MoveToVersionId?: string;
}

export interface UpdateSecretVersionStageResponse {
  readonly ARN?: string;
  readonly Name?: string;
}

export interface ValidateResourcePolicyRequest {
  readonly SecretId?: string;
  readonly ResourcePolicy: string;
}

export interface ValidateResourcePolicyResponse {
  readonly PolicyValidationPassed?: boolean;
  readonly ValidationErrors?: readonly ValidationErrorsEntry[];
}

export interface ValidationErrorsEntry {
  readonly CheckName?: string;
  readonly ErrorMessage?: string;
}
