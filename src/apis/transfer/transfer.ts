import type { Storage } from '../../files/storage.ts';
import type { CallFunction } from '../../functions/call-function.ts';
import type { SendHttp } from '../../http-client/http-client.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Identity } from '../../kernel/machine.ts';
import type { LogGroups } from '../../logs/log-groups.ts';
import type { DecryptingThread } from '../../openpgp/thread.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import type { SecretReader } from '../../secrets/secret-reader.ts';
import type { PageTokens } from '../../wire/page-tokens.ts';
import type { CreationTimes } from './creation-times.ts';
import type { TransferLimits } from './limits.ts';
import type { Facts } from './machine/facts.ts';
import type { TransferSettings } from './settings.ts';
import type { MayStart } from './start-throttle.ts';
import type { StepTokens } from './step-tokens.ts';

/** What the operations, sessions and steps of this API work with. */
export interface Transfer {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly creationTime: CreationTimes;
  readonly limits: TransferLimits;
  readonly settings: TransferSettings;
  readonly storage: Storage;
  readonly logs: LogGroups;
  readonly secrets: SecretReader;
  readonly box: SecretBox;
  readonly callFunction: CallFunction;
  /** Requests to identity providers that are reached by HTTP; `password` must be among its secret headers. */
  readonly sendHttp: SendHttp;
  readonly pageTokens: PageTokens;
  /** What a role may do; undefined means everything. */
  readonly policiesOf: (roleArn: string) => Allows | undefined;
  /** The listeners of servers that are started. */
  readonly listeners: Listeners;
  readonly workflowRuns: WorkflowRuns;
  readonly decrypting: DecryptingThread;
}

export type Allows = (question: {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}) => boolean;

/** Brings what listens in line with the servers that are registered. */
export interface Listeners {
  /** Call after a server, its host keys or its state changed; returns at once, the state follows. */
  follow(server: { readonly account: string; readonly region: string; readonly id: string }): void;
  /** What `State` is at present. */
  stateOf(serverId: string): 'OFFLINE' | 'ONLINE' | 'STARTING' | 'STOPPING' | 'START_FAILED' | 'STOP_FAILED';
  /** `HOST:PORT` of a server that listens. */
  addressOf(serverId: string): string | undefined;
}

/** What starting and running workflows needs beside the storage. */
export interface WorkflowRuns {
  readonly mayStart: MayStart;
  readonly tokens: StepTokens;
  /** Writes histories of executions to log streams. */
  readonly log: {
    /** An execution that has just begun. */
    follow(identity: Identity, facts: Facts): void;
    /** After a start: goes on with what runs. */
    resume(): Promise<void>;
  };
}
