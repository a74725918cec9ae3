import type { VersionedRecord } from '../../../kernel/records.ts';
import type { Call } from '../../api.ts';
import { describeType, fault, unknownType } from '../faults.ts';
import { typeKey } from '../machine/types.ts';
import type { VersionedType } from '../machine/values.ts';
import type { ListWorkflowTypesInput } from '../model/types.gen.ts';
import { API, scopeOf } from '../names.ts';
import { pageOf, queryOf } from '../pages.ts';
import type { Swf } from '../swf.ts';
import type { World } from '../world.ts';
import type { RegistrationStatus } from './domains.ts';

export type TypeKind = 'WorkflowType' | 'ActivityType';

/** A registered workflow or activity type as it is stored. */
export interface RegisteredType extends VersionedType {
  readonly status: RegistrationStatus;
  readonly description?: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly deprecatedAt?: number | undefined;
  /** The defaults that were given, under their names on the wire. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** Where in all domains a kind of types is registered. */
export interface TypeHome {
  readonly world: World;
  readonly domain: string;
  readonly kind: TypeKind;
}

function typesOf({ world, domain, kind }: TypeHome): string {
  return `${API}/${scopeOf(world, domain)}/${kind}`;
}

export function lookUpType(swf: Swf, home: TypeHome, type: VersionedType): RegisteredType | undefined {
  return swf.kernel.records.get<RegisteredType>(typesOf(home), typeKey(type))?.document;
}

/** Registered or deprecated; throws UnknownResourceFault. */
export function findType(swf: Swf, home: TypeHome, type: VersionedType): VersionedRecord<RegisteredType> {
  const record = swf.kernel.records.get<RegisteredType>(typesOf(home), typeKey(type));
  if (record === undefined) throw unknownType(home.kind, type);
  return record;
}

/** Throws TypeAlreadyExistsFault even for a deprecated type of the same settings: registration is never idempotent. */
export function registerType(
  swf: Swf,
  home: TypeHome,
  type: Omit<RegisteredType, 'status' | 'createdAt'>,
): void {
  const collection = typesOf(home);
  const id = typeKey(type);
  if (swf.kernel.records.get(collection, id) !== undefined) {
    throw fault('TypeAlreadyExistsFault', describeType(home.kind, type));
  }
  const most = swf.limits.types[home.kind];
  if (swf.kernel.records.count(collection) >= most) {
    throw fault('LimitExceededFault', `The domain has ${most} types of this kind already.`);
  }
  const document: RegisteredType = { ...type, status: 'REGISTERED', createdAt: swf.now() };
  swf.kernel.records.put(collection, { id, version: 0, document });
}

/** Throws TypeDeprecatedFault when it is deprecated already. */
export function deprecateType(swf: Swf, home: TypeHome, type: VersionedType): void {
  const { id, version, document } = findType(swf, home, type);
  if (document.status === 'DEPRECATED') throw fault('TypeDeprecatedFault', describeType(home.kind, type));
  const deprecated: RegisteredType = { ...document, status: 'DEPRECATED', deprecatedAt: swf.now() };
  swf.kernel.records.put(typesOf(home), { id, version, document: deprecated });
}

/** Throws TypeAlreadyExistsFault when it is registered. */
export function undeprecateType(swf: Swf, home: TypeHome, type: VersionedType): void {
  const { id, version, document } = findType(swf, home, type);
  if (document.status === 'REGISTERED') throw fault('TypeAlreadyExistsFault', describeType(home.kind, type));
  const { deprecatedAt: _ended, ...kept } = document;
  swf.kernel.records.put(typesOf(home), { id, version, document: { ...kept, status: 'REGISTERED' } });
}

/** Throws TypeNotDeprecatedFault when it is registered. */
export function deleteType(swf: Swf, home: TypeHome, type: VersionedType): void {
  const { id, version, document } = findType(swf, home, type);
  if (document.status === 'REGISTERED') {
    const message = 'The type is currently registered and cannot be deleted in its current state';
    throw fault('TypeNotDeprecatedFault', message);
  }
  swf.kernel.records.remove(typesOf(home), id, version);
}

/** Deprecates every type of a domain that is not so yet. */
export function deprecateAllTypes(swf: Swf, world: World, domain: string): void {
  for (const kind of ['WorkflowType', 'ActivityType'] as const) {
    const home = { world, domain, kind };
    for (const { document } of swf.kernel.records.list<RegisteredType>(typesOf(home))) {
      if (document.status === 'REGISTERED') deprecateType(swf, home, document);
    }
  }
}

/** One page of a domain's types of one kind, by name and version; `name` in the input matches exactly. */
export function pageOfTypes(
  swf: Swf,
  request: { readonly kind: TypeKind; readonly input: ListWorkflowTypesInput; readonly call: Call },
): { readonly items: RegisteredType[]; readonly nextPageToken?: string } {
  const { kind, input, call } = request;
  const types = swf.kernel.records
    .list<RegisteredType>(typesOf({ world: call, domain: input.domain, kind }))
    .map(({ document }) => document)
    .filter(({ status, name }) => status === input.registrationStatus && (input.name ?? name) === name);
  const query = queryOf(`List${kind}s`, input, call);
  return pageOf(swf, { query, input }, { items: types, keyOf: typeKey });
}
