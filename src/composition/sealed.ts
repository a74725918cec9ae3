import { newSecret } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openSecretBox } from '../secrets/open-secret-box.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { Secrets } from '../secrets/secrets.ts';
import type { Surroundings } from './system.ts';

/** What is kept encrypted, for those who keep it so and those who read it. */
export interface Sealed {
  readonly box: SecretBox;
  readonly secrets: Promise<Secrets>;
}

/** Throws when the data directory was sealed under another key than the present one. */
export function openSealed({ options, kernel, now }: Surroundings): Sealed {
  const { data, masterKey } = options.config;
  const box = openSecretBox({ dataDirectory: data, environmentKey: masterKey, random: newSecret });
  const secretsOf = (opened: Kernel): Secrets =>
    new Secrets({
      records: opened.records,
      durable: async () => opened.durable(),
      box,
      limits: { secrets: 500_000, versions: 100, tags: 50, stages: 20 },
      now,
      random: newSecret,
    });
  return { box, secrets: kernel.then(secretsOf) };
}
