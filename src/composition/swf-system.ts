import { createSwf, swfKernelApi } from '../apis/swf/index.ts';
import type { Surroundings, System } from './system.ts';

export function swfSystem({ callFunction, store, limits, now }: Surroundings): System {
  return {
    kernelApis: [swfKernelApi(callFunction)],
    open: (kernel) => {
      const swf = createSwf({ kernel, now, tokenKey: store.installationKey, limits });
      return { apis: [swf], visible: [swf] };
    },
  };
}
