import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type CreateServerCommandInput, Transfer } from '@aws-sdk/client-transfer';
import { followClock } from '../../support/follow-clock.ts';
import {
  account,
  credentials,
  region,
  type ServerOptions,
  startServer,
  type TestServer,
} from '../../support/start-server.ts';
import { type SilentListeners, silentListeners, transferParts } from '../../support/transfer-parts.ts';

export interface ClientOptions {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region?: string;
}

/** The vendor's own client, unmodified; it signs with the time of the server's clock. */
export function createClient(server: TestServer, options: ClientOptions = {}): Transfer {
  const { endpoint, clock } = server;
  return followClock(new Transfer({ endpoint, credentials, region, maxAttempts: 1, ...options }), clock);
}

export interface TransferWorld {
  readonly server: TestServer;
  readonly listeners: SilentListeners;
  readonly client: Transfer;
  /** Another client of the same server. */
  connect(options: ClientOptions): Transfer;
  /** A server with a key of its own, which costs no time to make. */
  createServer(input?: CreateServerCommandInput): Promise<string>;
}

/** The whole product with servers that listen nowhere, and a client of it. */
export async function openWorld(context: TestContext, options: ServerOptions = {}): Promise<TransferWorld> {
  const listeners = silentListeners();
  const server = await startServer({ transfer: transferParts({ listeners }), ...options });
  context.after(server.stop);
  const connect = (given: ClientOptions = {}): Transfer => {
    const client = createClient(server, given);
    context.after(() => client.destroy());
    return client;
  };
  const client = connect();
  return {
    server,
    listeners,
    client,
    connect,
    createServer: async (input = {}) => {
      const { ServerId: id = '' } = await client.createServer({ HostKey: HOST_KEYS.ed25519, ...input });
      return id;
    },
  };
}

/** The members that faults of this API have, and their message or a pattern of it. */
export interface Refusal {
  readonly message?: string | RegExp;
  readonly resource?: readonly [type: string, name: string];
}

/** The call fails with the vendor's fault of that name, as an instance of the client's class for it. */
export async function refuses(call: Promise<unknown>, name: string, refusal: Refusal = {}): Promise<void> {
  await assert.rejects(
    call,
    (error: Error & { Resource?: string; ResourceType?: string; Message?: string }) => {
      assert.equal(error.name, name, error.message);
      assert.equal(error.constructor.name, name);
      assert.equal(error.Message ?? error.message, error.message);
      const { message, resource } = refusal;
      if (typeof message === 'string') assert.equal(error.message, message);
      else if (message !== undefined) assert.match(error.message, message);
      if (resource !== undefined) assert.deepEqual([error.ResourceType, error.Resource], resource);
      return true;
    },
  );
}

/** A group of logs, an identity provider and a network, as clients name them; nothing need be there. */
export const LOG_GROUP = `arn:aws:logs:${region}:${account}:log-group:/aws/transfer/x:*`;
export const FUNCTION = `arn:aws:lambda:${region}:${account}:function:identify`;
export const VPC = {
  VpcId: 'vpc-1',
  SubnetIds: ['subnet-1', 'subnet-2'],
  SecurityGroupIds: ['sg-01234567', 'sg-12345678'],
};

export const ROLE = 'arn:aws:iam::123456789012:role/transfer';
export const OTHER_ROLE = 'arn:aws:iam::123456789012:role/other';

/** Private keys, made for tests alone. */
export const HOST_KEYS = {
  ed25519: `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACBDbMMSo9xlF+YrzWy/5k0SsugOnjGpRls7InFWme/o5AAAAIiWYXgPlmF4
DwAAAAtzc2gtZWQyNTUxOQAAACBDbMMSo9xlF+YrzWy/5k0SsugOnjGpRls7InFWme/o5A
AAAEDdm08ctYIUMRN8aZJ3Un/MM8y3k2CBK72AzGa71zVFFENswxKj3GUX5ivNbL/mTRKy
6A6eMalGWzsicVaZ7+jkAAAABHRlc3QB
-----END OPENSSH PRIVATE KEY-----`,
  ecdsa: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIOzeP1T+ndN94OvBlcaphmmUQqLaUHnLh38Ti7iDjxU4oAoGCCqGSM49
AwEHoUQDQgAEf6J3g0UIe7Vf4xZtnbrNq3KSWaYd1nF6SpANxCmjpfPX2WmXXAxx
clu7bEhz0Mn33gu7gOzLrPtm2FkFaaKGHA==
-----END EC PRIVATE KEY-----`,
} as const;

/** Public keys of users, made for tests alone. */
export const USER_KEYS = {
  ed25519: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBGRBrDabSLlGwI+2UlwbfhDK7xOraoZbbM8XxmsYI85 alice@example',
  ecdsa:
    'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBCdpKB4P6r2au0ocvoSgPLMqWXkTM8krT5GIGXXQBbltgVuSqPVBFMilEwCIZX8x6dzMT6XbQQqgYpgfUyCIiJ2AjEhei42BW/mxuiDSJzi3ItNnw/0qpT3CrOgN3tclDQ==',
  rsa: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDWJrAWbKoo4t5/Msv0HHAfi+2m3IZBMbsA/hA0U0BXgbKDNB0r2v9SPL9QqiMCP9o7OUV9WWKO+V/1fd4reKxvMHx6c0/nXbCNFz60Wr4sMthH53nn+sbn8G9jzM4Mmm92KlkqoE+DQaTjPHK56gARU6opGywEr9a+FqZcjypiNvHe2Q5I8/ZECyvdQhx70Uel0iFuM4fDqmXRSzqheYw+balpqXdoGTXYrFXpmdOiK+p16IhZ8T2EIGW6W3oQ9ULR7QXmnAqsCACEjVOnEQWJoxGLQgQ2wB1bNPHkJZ0lPRnyanqh5QW4tBHld6lB9PwEFH0Aau/kQn7Vn/xfEFWd alice at home',
} as const;
