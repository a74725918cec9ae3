import { newSecret } from '../../../kernel/ids.ts';
import type { ListenSftp, SftpServer, SftpServerOptions, SftpSettings } from '../../../sftp/sftp-server.ts';
import type { Server } from '../resources/documents.ts';
import { listHostKeys } from '../resources/host-keys.ts';
import { openHostKey } from '../resources/new-host-key.ts';
import { findSecurityPolicy } from '../resources/security-policies.ts';
import { lookUpServer } from '../resources/servers.ts';
import type { Transfer } from '../transfer.ts';
import { methodsOf } from './login-step.ts';
import { Logins } from './logins.ts';
import type { ListenAddress, Ports } from './ports.ts';
import type { ServerKey } from './server-key.ts';
import { SessionLog } from './session-log.ts';

export interface Listening {
  readonly ports: Ports;
  readonly listen: ListenSftp;
}

/** Listens for a server where it can; rejects with the reason of the last try. */
export async function openServer(
  transfer: Transfer,
  key: ServerKey,
  { ports, listen }: Listening,
): Promise<SftpServer> {
  const wanted = lookUpServer(transfer, key, key.id);
  if (wanted === undefined) throw new Error(`Server ${key.id} has been deleted`);
  let failure: unknown = Object.assign(new Error('every port of the configured range is taken'), {
    code: 'EADDRINUSE',
  });
  for (const address of ports.candidates(wanted)) {
    try {
      const server = await listen(optionsFor(transfer, { key, wanted, address }));
      ports.remember(key.id, server.port);
      return server;
    } catch (error) {
      failure = error;
      if (!isTaken(error)) break;
    }
  }
  throw failure;
}

/** What a listener takes from its server's documents; keys are opened only here. */
export function settingsOf(transfer: Transfer, key: ServerKey, server: Server): SftpSettings {
  const policy = findSecurityPolicy(server.SecurityPolicyName);
  const newestFirst = listHostKeys(transfer, key, key.id).toReversed();
  return {
    hostKeys: newestFirst.map((hostKey) => openHostKey(transfer, key, hostKey)),
    algorithms: { ...policy, hostKeys: policy.hostKeyAlgorithms },
    banner: server.PreAuthenticationLoginBanner,
    methods: methodsOf(server),
  };
}

interface Place {
  readonly key: ServerKey;
  readonly wanted: Server;
  readonly address: ListenAddress;
}

function optionsFor(transfer: Transfer, { key, wanted, address }: Place): SftpServerOptions {
  const log = new SessionLog(transfer, key);
  const logins = new Logins(transfer, key, log);
  const { clock } = transfer;
  return {
    ...address,
    settings: settingsOf(transfer, key, wanted),
    limits: transfer.limits.sftp,
    authenticate: (attempt) => logins.authenticate(attempt),
    observe: (event) => logins.observe(event),
    newSessionId,
    random: newSecret,
    now: () => clock.now(),
    after: (milliseconds, call) => clock.at(clock.now() + milliseconds, call),
  };
}

const newSessionId = (): string => newSecret(8).toString('hex');

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
  );
}
