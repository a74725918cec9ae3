import type { SftpLimits } from '../../../sftp/sftp-server.ts';
import type { TransferLimits } from '../limits.ts';

export function sftpLimits(limits: TransferLimits): SftpLimits {
  return {
    loginMilliseconds: limits.loginSeconds * 1000,
    idleMilliseconds: limits.idleSeconds * 1000,
    unresponsiveMilliseconds: limits.unresponsiveSeconds * 1000,
    authenticationAttempts: limits.authenticationAttempts,
    sessions: limits.sessions,
    channels: limits.channels,
    handles: limits.handles,
    packetBytes: limits.packetBytes,
  };
}
