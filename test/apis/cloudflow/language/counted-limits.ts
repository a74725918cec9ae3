import type { DefinitionLimits } from '../../../../src/apis/cloudflow/language/definition-limits.ts';
import { USUAL_LIMITS } from './usual-limits.ts';

/** Limits that count how often they are looked at: the reader does that for each piece that it cuts and each value. */
export function countedLimits(limits: Partial<DefinitionLimits> = {}): {
  readonly limits: DefinitionLimits;
  readonly looks: () => number;
} {
  let looks = 0;
  const counted = new Proxy<DefinitionLimits>(
    { ...USUAL_LIMITS, ...limits },
    {
      get(target, name: keyof DefinitionLimits) {
        looks++;
        return target[name];
      },
    },
  );
  return { limits: counted, looks: () => looks };
}
