import type { KernelApi } from '../../kernel/kernel-options.ts';
import { transferMachine } from './machine/machine.ts';
import { API } from './names.ts';
import type { StepRunners } from './steps/index.ts';

/** What the kernel needs to run workflows on uploaded files. */
export function transferKernelApi({ effects }: StepRunners): KernelApi {
  return { name: API, machine: transferMachine, effects };
}
