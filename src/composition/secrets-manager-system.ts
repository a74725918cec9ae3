import { createSecretsManager } from '../apis/secrets-manager/index.ts';
import type { Sealed } from './sealed.ts';
import type { Surroundings, System } from './system.ts';

export function secretsManagerSystem({ store, now }: Surroundings, { secretsOf }: Sealed): System {
  return {
    kernelApis: [],
    open: (kernel) => {
      const tokenKey = store.installationKey;
      return {
        apis: [createSecretsManager({ kernel, secrets: secretsOf(kernel), tokenKey, now })],
        visible: [],
      };
    },
  };
}
