import type * as Wire from '../model/types.gen.ts';
import type { PosixProfile } from '../upload.ts';

/** What is registered, as it is stored; members in the vendor's spelling hold what the client set. Times are epoch milliseconds. */
export interface Server {
  readonly id: string;
  readonly createdAt: number;
  /** What the client wants: the listener follows. */
  readonly isStarted: boolean;
  readonly Domain: 'S3' | 'EFS';
  readonly Protocols: readonly string[];
  readonly IdentityProviderType: Wire.IdentityProviderType;
  readonly IdentityProviderDetails?: Wire.IdentityProviderDetails | undefined;
  readonly EndpointType: Wire.EndpointType;
  readonly EndpointDetails?: Wire.EndpointDetails | undefined;
  readonly Certificate?: string | undefined;
  readonly LoggingRole?: string | undefined;
  readonly PreAuthenticationLoginBanner?: string | undefined;
  readonly PostAuthenticationLoginBanner?: string | undefined;
  readonly ProtocolDetails?: Wire.ProtocolDetails | undefined;
  readonly SecurityPolicyName: string;
  readonly StructuredLogDestinations?: readonly string[] | undefined;
  readonly S3StorageOptions?: Wire.S3StorageOptions | undefined;
  readonly WorkflowDetails?: Wire.WorkflowDetails | undefined;
  readonly IpAddressType?: Wire.IpAddressType | undefined;
  readonly Tags: readonly Wire.Tag[];
}

export interface HostKey {
  readonly id: string;
  readonly serverId: string;
  readonly importedAt: number;
  readonly description?: string | undefined;
  /** For example `ssh-ed25519`. */
  readonly type: string;
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** The private key, encrypted by `SecretBox`. */
  readonly sealedKey: string;
  readonly Tags: readonly Wire.Tag[];
}

export interface User {
  readonly serverId: string;
  readonly UserName: string;
  readonly createdAt: number;
  readonly Role: string;
  readonly HomeDirectory?: string | undefined;
  readonly HomeDirectoryType: Wire.HomeDirectoryType;
  readonly HomeDirectoryMappings?: readonly Wire.HomeDirectoryMapEntry[] | undefined;
  readonly Policy?: string | undefined;
  readonly PosixProfile?: PosixProfile | undefined;
  readonly SshPublicKeys: readonly SshPublicKey[];
  readonly Tags: readonly Wire.Tag[];
}

export interface SshPublicKey {
  /** `key-` and 17 hexadecimal digits. */
  readonly id: string;
  readonly body: string;
  readonly importedAt: number;
}

export interface Workflow {
  readonly id: string;
  readonly createdAt: number;
  readonly Description?: string | undefined;
  readonly Steps: readonly Wire.WorkflowStep[];
  readonly OnExceptionSteps: readonly Wire.WorkflowStep[];
  readonly Tags: readonly Wire.Tag[];
}
