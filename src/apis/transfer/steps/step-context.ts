import type { Identity } from '../../../kernel/machine.ts';
import type { Work } from '../machine/work.ts';
import type { Transfer } from '../transfer.ts';
import type { RoleRights } from './role-rights.ts';

/** What a step works with. Its failures are told by what it throws. */
export interface StepContext {
  readonly transfer: Transfer;
  readonly work: Work;
  readonly execution: Identity;
  readonly rights: RoleRights;
  /** The same whenever the same step is done again: what it has published already is known by it. */
  readonly mark: string;
  readonly signal: AbortSignal;
  /** Records durably that from now on the effect may show. */
  readonly begin: () => Promise<void>;
  /** Of how many bytes how many are done; may be called often. */
  readonly progress: (done: number, total: number) => void;
}
