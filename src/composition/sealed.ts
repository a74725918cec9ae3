import { newSecret } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openSecretBox } from '../secrets/open-secret-box.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { SecretLimits } from '../secrets/secret-limits.ts';
import { Secrets } from '../secrets/secrets.ts';
import type { Surroundings } from './system.ts';

/** What is kept encrypted, for those who keep it so and those who read it. */
export interface Sealed {
  readonly box: SecretBox;
  readonly secretsOf: (kernel: Kernel) => Secrets;
}

/** Throws when the data directory was sealed under another key than the present one. */
export function openSealed({ options, limits, now }: Surroundings): Sealed {
  const { data, masterKey } = options.config;
  const box = openSecretBox({ dataDirectory: data, environmentKey: masterKey, random: newSecret });
  const secretsOf = (kernel: Kernel): Secrets =>
    new Secrets({
      records: kernel.records,
      durable: async () => kernel.durable(),
      box,
      limits: secretLimitsFrom(limits),
      now,
      random: newSecret,
    });
  return { box, secretsOf };
}

/** From the settings under `limits:`, where 0 stands for no limit. */
function secretLimitsFrom(values: Readonly<Record<string, number>>): SecretLimits {
  const limit = (name: string): number => values[`secretsManager.${name}`] || Number.MAX_SAFE_INTEGER;
  return {
    secrets: limit('secrets'),
    versions: limit('versions'),
    tags: limit('tags'),
    stages: limit('stages'),
  };
}
