import { createDiffieHellmanGroup, type DiffieHellmanGroup } from 'node:crypto';

/** Sizes of the prime, in bits. */
export interface GroupRequest {
  readonly least: number;
  readonly preferred: number;
  readonly most: number;
}

/** The safe primes of RFC 3526 that RFC 8270 still allows, smallest first. */
const GROUPS = [
  { bits: 2048, name: 'modp14' },
  { bits: 3072, name: 'modp15' },
  { bits: 4096, name: 'modp16' },
  { bits: 6144, name: 'modp17' },
  { bits: 8192, name: 'modp18' },
];

/** The smallest that has what the client prefers, or else the largest that it takes. Undefined when it takes none, or makes no sense. */
export function chooseGroup({ least, preferred, most }: GroupRequest): DiffieHellmanGroup | undefined {
  if (preferred < least || preferred > most) return undefined;
  const taken = GROUPS.filter(({ bits }) => bits >= least && bits <= most);
  const best = taken.find(({ bits }) => bits >= preferred) ?? taken.at(-1);
  return best && createDiffieHellmanGroup(best.name);
}
