import { CloudflowLink } from '../apis/cloudflow/cloudflow-link.ts';
import { findMapChild } from '../apis/cloudflow/find-map-child.ts';
import { operationsInProcess, startFlowInProcess } from '../apis/cloudflow/in-process.ts';
import {
  accountOfScope,
  cloudflowInvocations,
  cloudflowKernelApis,
  cloudflowSchedules,
  createCloudflow,
  openCloudflow,
} from '../apis/cloudflow/index.ts';
import { acceptInvocation } from '../apis/cloudflow/invocations/accept-invocation.ts';
import { cloudflowEffects, invocationEffects } from '../apis/cloudflow/steps/index.ts';
import { tasksMayDo } from '../apis/cloudflow/task-role.ts';
import { createMessageQueues } from '../queues/message-queues.ts';
import type { SharedStorage } from './storage-system.ts';
import type { Surroundings, System } from './system.ts';

export function cloudflowSystem(surroundings: Surroundings, storage: SharedStorage): System {
  const { options, store, callFunction, limits, roles, endpoint } = surroundings;
  const tokenKey = store.installationKey;
  const link = new CloudflowLink();
  const kernelApis = cloudflowKernelApis({
    tokenKey,
    link,
    effects: taskEffects(surroundings, storage, link),
    invocationEffects: invocationEffects(callFunction),
  });
  return {
    kernelApis,
    open: (kernel) => {
      const { clock } = options;
      const cloudflow = openCloudflow({ kernel, clock, tokenKey, limits, roles, endpoint }, link);
      const api = createCloudflow(cloudflow);
      return {
        apis: [api],
        visible: [api, cloudflowSchedules(cloudflow), cloudflowInvocations(cloudflow)],
      };
    },
  };
}

function taskEffects(
  { kernel, options, functions, callFunction, limits, now }: Surroundings,
  { swept: storage }: SharedStorage,
  link: CloudflowLink,
) {
  const { config, clock } = options;
  const queues = kernel.then((opened) => createMessageQueues({ kernel: opened, now, limits }));
  return cloudflowEffects({
    callFunction,
    hasFunction: callFunction === functions.call ? functions.has : () => true,
    acceptInvocation: acceptInvocation(link),
    sendMessage: async (message) => (await queues).send(message),
    startFlow: startFlowInProcess(link),
    operations: operationsInProcess(link),
    storage,
    findChild: findMapChild(link),
    settings: config.cloudflow,
    limits,
    clock,
    accountOf: accountOfScope,
    ...((config.roles.length > 0 || config.strictRoles) && { mayDo: tasksMayDo(link) }),
  });
}
