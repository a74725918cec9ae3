import { cloudflowSystem } from './cloudflow-system.ts';
import { openSealed } from './sealed.ts';
import { secretsManagerSystem } from './secrets-manager-system.ts';
import { openSharedStorage } from './storage-system.ts';
import { stsSystem } from './sts-system.ts';
import { swfSystem } from './swf-system.ts';
import type { Surroundings, System } from './system.ts';
import { transferSystem } from './transfer-system.ts';

/** Everything that is served: to leave one out, leave out its line. */
export function createSystems(surroundings: Surroundings): readonly System[] {
  const sealed = openSealed(surroundings);
  const shared = openSharedStorage(surroundings);
  return [
    shared.system,
    swfSystem(surroundings),
    cloudflowSystem(surroundings, shared),
    transferSystem(surroundings, sealed, shared),
    secretsManagerSystem(surroundings, sealed),
    stsSystem,
  ];
}
