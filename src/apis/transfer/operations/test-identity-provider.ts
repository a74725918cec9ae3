import type { Call } from '../../api.ts';
import { invalidRequest } from '../faults.ts';
import { identify } from '../identity/identify.ts';
import type { TestIdentityProviderRequest, TestIdentityProviderResponse } from '../model/types.gen.ts';
import { findServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_TestIdentityProvider.html */
export async function testIdentityProvider(
  transfer: Transfer,
  input: TestIdentityProviderRequest,
  call: Call,
): Promise<TestIdentityProviderResponse> {
  const server = findServer(transfer, call, input.ServerId);
  if (server.IdentityProviderType === 'SERVICE_MANAGED')
    throw invalidRequest(`${server.id} not configured for external auth`);
  const attempt = {
    userName: input.UserName,
    password: input.UserPassword,
    protocol: input.ServerProtocol ?? 'SFTP',
    sourceIp: input.SourceIp ?? '',
  };
  const { statusCode, url, response, message } = await identify(transfer, { world: call, server }, attempt);
  return { StatusCode: statusCode, Url: url, Response: response, Message: message };
}
