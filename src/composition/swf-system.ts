import { createSwf, swfKernelApi } from '../apis/swf/index.ts';
import type { Surroundings, System } from './system.ts';

export function swfSystem({ options, callFunction, store, limits, now }: Surroundings): System {
  return {
    kernelApis: [swfKernelApi(callFunction)],
    open: (kernel) => {
      const settings = options.config.swf;
      const swf = createSwf({ kernel, now, settings, tokenKey: store.installationKey, limits });
      return { apis: [swf], visible: [swf] };
    },
  };
}
