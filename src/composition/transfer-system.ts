import { join } from 'node:path';
import { createTransfer, openTransfer } from '../apis/transfer/index.ts';
import { transferKernelApi } from '../apis/transfer/kernel-api.ts';
import { SftpListeners } from '../apis/transfer/sessions/listeners.ts';
import { createStepRunners } from '../apis/transfer/steps/index.ts';
import type { Transfer } from '../apis/transfer/transfer.ts';
import type { Storage } from '../files/storage.ts';
import { createHttpClient } from '../http-client/http-client.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import { openLogGroups } from '../logs/open-log-groups.ts';
import type { ListenSftp } from '../sftp/sftp-server.ts';
import type { Sealed } from './sealed.ts';
import type { TransferParts } from './serve-options.ts';
import type { SharedStorage } from './storage-system.ts';
import type { OpenSystem, Surroundings, System } from './system.ts';

export function transferSystem(
  surroundings: Surroundings,
  sealed: Sealed,
  { storage }: SharedStorage,
): System {
  const opened = Promise.withResolvers<Transfer>();
  const steps = createStepRunners(opened.promise);
  return {
    kernelApis: [transferKernelApi(steps)],
    open: (kernel) => openSystem(kernel, { surroundings, sealed, storage, opened, stopSteps: steps.stop }),
  };
}

/** SSH is large, and many installations have no server that listens. */
const listen: ListenSftp = async (options) => {
  const { listenSftp } = await import('../sftp/listen-sftp.ts');
  return listenSftp(options);
};

interface Opening {
  readonly surroundings: Surroundings;
  readonly sealed: Sealed;
  readonly storage: Storage;
  readonly opened: PromiseWithResolvers<Transfer>;
  readonly stopSteps: () => void;
}

function openSystem(
  kernel: Kernel,
  { surroundings, sealed, storage, opened, stopSteps }: Opening,
): OpenSystem {
  const { options, callFunction, limits, store } = surroundings;
  const { clock, log } = options;
  const report = (error: unknown): void => log.error({ err: error }, 'AWS Transfer Family met an error');
  const listeners = new SftpListeners({
    transfer: () => transfer,
    listen,
    report,
    warn: (text) => log.warn({}, text),
  });
  const parts: TransferParts = {
    ...partsOf(surroundings, sealed.box),
    storage,
    secrets: sealed.secretsOf(kernel),
    listeners,
    ...options.transfer,
  };
  const transfer = openTransfer({
    ...parts,
    kernel,
    clock,
    tokenKey: store.installationKey,
    limits,
    callFunction,
    report,
  });
  const api = createTransfer(transfer);
  return {
    apis: [api],
    visible: [api],
    resume: async () => {
      opened.resolve(transfer);
      await transfer.workflowRuns.log.resume();
      await listeners.resume();
    },
    end: () => listeners.stop(),
    close: async () => {
      stopSteps();
      await transfer.decrypting.close();
      await parts.logs.close();
    },
  };
}

function partsOf(
  surroundings: Surroundings,
  box: Sealed['box'],
): Omit<TransferParts, 'listeners' | 'secrets' | 'storage'> {
  const { options, limits, roles } = surroundings;
  const { config, transfer: given = {} } = options;
  const [key] = config.keys;
  return {
    settings: { ...config.transfer, ...(key !== undefined && { providerKey: key }) },
    // Opened, these hold timers and files: not beside what is given in their place.
    logs: given.logs ?? openLogs(surroundings),
    box,
    sendHttp: createHttpClient({
      rules: config.transfer.http,
      answerBytes: limits['functions.answerBytes'] ?? 0,
      secretHeaders: ['password'],
    }),
    policiesOf: roles,
  };
}

function openLogs({ options, limits }: Surroundings): LogGroups {
  const { config, clock, log } = options;
  return openLogGroups({
    directory: join(config.data, 'logs'),
    days: limits['logs.days'] ?? 0,
    clock,
    report: (error, lost) => log.error({ err: error, ...lost }, 'lines of a log stream are lost'),
  });
}
