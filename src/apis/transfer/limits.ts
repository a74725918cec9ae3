import type { SftpLimits } from '../../sftp/sftp-server.ts';
import { type WorkflowLimits, workflowLimitsFrom } from './workflow-limits.ts';

/** Quotas, and bounds of what this API does. */
export interface TransferLimits extends WorkflowLimits {
  /** Of an account and region. */
  readonly servers: number;
  /** Of a server. */
  readonly users: number;
  readonly hostKeys: number;
  /** Of a user. */
  readonly sshKeys: number;
  /** From asking an identity provider to the end of its answer. */
  readonly identityProviderMilliseconds: number;
  /** Of each listener; 0 means unlimited. */
  readonly sftp: SftpLimits;
}

/** From the settings under `limits:`, where 0 stands for no limit. */
export function transferLimitsFrom(values: Readonly<Record<string, number>>): TransferLimits {
  const limit = (name: string): number => values[`transfer.${name}`] || Number.MAX_SAFE_INTEGER;
  return {
    ...workflowLimitsFrom(values),
    servers: limit('servers'),
    users: limit('users'),
    hostKeys: limit('hostKeys'),
    sshKeys: limit('sshKeys'),
    identityProviderMilliseconds: limit('identityProviderMilliseconds'),
    sftp: sftpLimitsFrom(values),
  };
}

function sftpLimitsFrom(values: Readonly<Record<string, number>>): SftpLimits {
  const value = (name: string): number => values[`transfer.${name}`] ?? 0;
  return {
    loginMilliseconds: value('loginSeconds') * 1000,
    idleMilliseconds: value('idleSeconds') * 1000,
    unresponsiveMilliseconds: value('unresponsiveSeconds') * 1000,
    authenticationAttempts: value('authenticationAttempts'),
    sessions: value('sessions'),
    channels: value('channels'),
    handles: value('handles'),
    packetBytes: value('packetBytes'),
  };
}
