import { type Secret, SecretRefused, type SecretValue, type SecretVersion, type World } from './secret.ts';
import type { SecretLimits } from './secret-limits.ts';
import type { SecretShelf } from './secret-shelf.ts';
import { CURRENT, holderOf, withoutStage, withStages } from './stages.ts';

export interface NewVersion {
  /** Chosen by the client: a second request with the same id and value changes nothing. */
  readonly id: string;
  readonly value: SecretValue;
}

export interface StageMove {
  readonly stage: string;
  /** The version that has it; undefined where none has. */
  readonly from?: string | undefined;
  /** Undefined takes it away. */
  readonly to?: string | undefined;
}

const DAY_MS = 86_400_000;

/** Versions of secrets: which there are, and what they hold. */
export class SecretVersions {
  readonly #shelf: SecretShelf;
  readonly #limits: SecretLimits;
  readonly #now: () => number;

  constructor(shelf: SecretShelf, limits: SecretLimits, now: () => number) {
    this.#shelf = shelf;
    this.#limits = limits;
    this.#now = now;
  }

  /** Whether it is there with this value; throws when it is there with another. */
  has(world: World, secret: Secret, { id, value }: NewVersion): boolean {
    if (!secret.versions.some((version) => version.id === id)) return false;
    if (!isSameValue(this.#shelf.readValue(world, secret, id), value))
      throw new SecretRefused('version-exists', secret.name);
    return true;
  }

  /** The secret with one version more; makes room by removing deprecated versions that are a day old. */
  add(
    world: World,
    secret: Secret,
    { stages, ...version }: NewVersion & { readonly stages: readonly string[] },
  ): Secret {
    if (stages.length > this.#limits.stages) throw new SecretRefused('too-many-stages', secret.name);
    const added: SecretVersion = { id: version.id, createdAt: this.#now(), stages: [] };
    const versions = withStages([...secret.versions, added], added.id, stages);
    const surplus = this.#surplus(secret, versions);
    for (const { id } of surplus) this.#shelf.removeValue(world, secret, id);
    this.#shelf.addValue(world, secret, version);
    return { ...secret, versions: versions.filter((each) => !surplus.includes(each)) };
  }

  /** The secret with a label elsewhere; the same one where the label is there already. */
  moved(secret: Secret, { stage, from, to }: StageMove): Secret {
    const { name, versions } = secret;
    if (holderOf(versions, stage)?.id !== from) throw new SecretRefused('stage-not-from-there', stage);
    if (from === to) return secret;
    if (to === undefined) {
      if (stage === CURRENT) throw new SecretRefused('current-stage-stays', stage);
      return { ...secret, versions: withoutStage(versions, stage) };
    }
    const moved = { ...secret, versions: withStages(versions, to, [stage]) };
    // Counted afterwards: what becomes the current version is no longer the previous one.
    const { stages } = findVersion(moved, { versionId: to });
    if (stages.length > this.#limits.stages) throw new SecretRefused('too-many-stages', name);
    return moved;
  }

  #surplus(secret: Secret, versions: readonly SecretVersion[]): readonly SecretVersion[] {
    const count = Math.max(0, versions.length - this.#limits.versions);
    const yesterday = this.#now() - DAY_MS;
    const old = versions.filter(({ stages, createdAt }) => stages.length === 0 && createdAt <= yesterday);
    if (old.length < count) throw new SecretRefused('too-many-versions', secret.name);
    return old.slice(0, count);
  }

  /** The secret with the day noted on which that version was read; the same one when it is noted already. */
  touched(secret: Secret, id: string): Secret {
    const now = this.#now();
    const accessedAt = now - (now % DAY_MS);
    const isNoted = secret.versions.some((version) => version.id === id && version.accessedAt === accessedAt);
    if (isNoted && secret.accessedAt === accessedAt) return secret;
    const versions = secret.versions.map((version) =>
      version.id === id ? { ...version, accessedAt } : version,
    );
    return { ...secret, accessedAt, versions };
  }
}

/** By its id, its label or both; the current one when neither is given. */
export function findVersion(secret: Secret, { versionId, stage }: Wanted): SecretVersion {
  if (versionId === undefined) {
    const label = stage ?? CURRENT;
    const holder = holderOf(secret.versions, label);
    if (holder === undefined) throw new SecretRefused('unknown-stage', label);
    return holder;
  }
  const version = secret.versions.find(({ id }) => id === versionId);
  if (version === undefined) throw new SecretRefused('unknown-version', versionId);
  if (stage !== undefined && !version.stages.includes(stage))
    throw new SecretRefused('stage-elsewhere', versionId);
  return version;
}

export interface Wanted {
  readonly versionId?: string | undefined;
  readonly stage?: string | undefined;
}

function isSameValue(one: SecretValue, other: SecretValue): boolean {
  return one.kind === 'text'
    ? other.kind === 'text' && one.text === other.text
    : other.kind === 'binary' && one.base64 === other.base64;
}
