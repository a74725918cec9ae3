import type { LoginAttempt, SftpSettings } from '../../../sftp/sftp-server.ts';
import type { Server } from '../resources/documents.ts';

/** Ways to log in that a server offers; users that are registered here have keys and no passwords. */
export function methodsOf(server: Server): NonNullable<SftpSettings['methods']> {
  if (server.IdentityProviderType === 'SERVICE_MANAGED') return ['publickey'];
  switch (server.IdentityProviderDetails?.SftpAuthenticationMethods) {
    case 'PASSWORD':
      return ['password'];
    case 'PUBLIC_KEY':
      return ['publickey'];
    default:
      return ['publickey', 'password'];
  }
}

/**
 * What an attempt is on a server: where both are asked for, the key comes first, then the password.
 * https://docs.aws.amazon.com/transfer/latest/APIReference/API_IdentityProviderDetails.html
 */
export function stepOf(
  { method, passed }: LoginAttempt,
  server: Server,
): 'refused' | 'first-of-two' | 'last' {
  if (!methodsOf(server).includes(method.kind)) return 'refused';
  // Providers are asked without a password for the keys of a user: their answer is no word on a password.
  if (method.kind === 'password' && method.password === '') return 'refused';
  if (server.IdentityProviderDetails?.SftpAuthenticationMethods !== 'PUBLIC_KEY_AND_PASSWORD') return 'last';
  if (method.kind === 'publickey') return 'first-of-two';
  return passed.includes('publickey') ? 'last' : 'refused';
}
