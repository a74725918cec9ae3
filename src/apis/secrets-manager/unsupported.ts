import { fault } from './faults.ts';
import type { OperationName } from './model/types.gen.ts';

/** What the vendor has and Orrery does not, with the operations that belong to it. */
const UNSUPPORTED = {
  'reading several secrets at once': ['BatchGetSecretValue'],
  'replication to other Regions': [
    'RemoveRegionsFromReplication',
    'ReplicateSecretToRegions',
    'StopReplicationToReplica',
  ],
  'access by resource policies': ['DeleteResourcePolicy', 'PutResourcePolicy', 'ValidateResourcePolicy'],
  'rotation of secrets': ['CancelRotateSecret', 'RotateSecret'],
} as const satisfies Readonly<Record<string, readonly OperationName[]>>;

type Unsupported = (typeof UNSUPPORTED)[keyof typeof UNSUPPORTED][number];

/** Operations that say what is missing. */
export const unsupportedOperations = Object.fromEntries(
  Object.entries(UNSUPPORTED).flatMap(([what, names]) =>
    names.map((name) => [name, () => refuse(name, what)]),
  ),
) as Readonly<Record<Unsupported, () => never>>;

function refuse(operation: string, what: string): never {
  throw fault('InvalidRequestException', `${operation}: ${what} is not supported by Orrery`);
}
