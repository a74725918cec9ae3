import type { TestContext } from 'node:test';
import { openTransfer } from '../../../src/apis/transfer/index.ts';
import type { Server } from '../../../src/apis/transfer/resources/documents.ts';
import type { Transfer } from '../../../src/apis/transfer/transfer.ts';
import { createIds } from '../../../src/kernel/ids.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import { openMemoryStore } from '../../../src/stores/memory/memory-store.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { transferParts } from '../../support/transfer-parts.ts';

/** What operations work with, over a kernel in memory. */
export async function openTestTransfer(context: TestContext, clock = createFixedClock()): Promise<Transfer> {
  const store = openMemoryStore();
  const kernel = await Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [],
    historyCacheCharacters: 0,
    onError: (error) => {
      throw error;
    },
  });
  context.after(async () => {
    await kernel.stop();
    await store.close();
  });
  return openTransfer({
    ...transferParts(),
    kernel,
    clock,
    tokenKey: Buffer.alloc(32),
    limits: {},
    callFunction: async () => '{}',
    report: (error) => {
      throw error;
    },
  });
}

/** A server as it is registered, with nothing of its own. */
export const startedServer = (id: string): Server => ({
  id,
  createdAt: 0,
  isStarted: true,
  Domain: 'S3',
  Protocols: ['SFTP'],
  IdentityProviderType: 'SERVICE_MANAGED',
  EndpointType: 'PUBLIC',
  SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
  Tags: [],
});
