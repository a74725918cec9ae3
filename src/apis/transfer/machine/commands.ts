import type { EffectOutcome } from '../../../kernel/machine.ts';
import type { CustomStepStatus } from '../model/types.gen.ts';
import type { Facts } from './facts.ts';

export type Command =
  /** `isThrottled`: too many have begun of late; it is over at once. */
  | { readonly kind: 'start'; readonly facts: Facts; readonly isThrottled: boolean }
  | { readonly kind: 'effect-finished'; readonly key: string; readonly outcome: EffectOutcome }
  /** From now on the step's effect may show. */
  | { readonly kind: 'begun'; readonly step: number }
  | { readonly kind: 'progressed'; readonly step: number; readonly done: number; readonly total: number }
  /** A custom step's function has said how it went. */
  | { readonly kind: 'answer'; readonly step: number; readonly status: CustomStepStatus }
  | { readonly kind: 'tick' };

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;
