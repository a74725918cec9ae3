import {
  type Secret,
  SecretRefused,
  type SecretValue,
  type SecretVersion,
  type Tags,
  type World,
} from './secret.ts';
import { secretArn } from './secret-arn.ts';
import type { SecretBox } from './secret-box.ts';
import type { SecretLimits } from './secret-limits.ts';
import type { SecretReader } from './secret-reader.ts';
import type { SecretRecord, SecretRecords } from './secret-records.ts';
import { SecretShelf } from './secret-shelf.ts';
import {
  findVersion,
  type NewVersion,
  SecretVersions,
  type StageMove,
  type Wanted,
} from './secret-versions.ts';
import { CURRENT, holderOf } from './stages.ts';

export interface SecretsOptions {
  readonly records: SecretRecords;
  /** Resolves once everything changed so far is stored for good. */
  readonly durable: () => Promise<void>;
  readonly box: SecretBox;
  readonly limits: SecretLimits;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Gives that many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export interface SecretDetails extends Partial<Pick<Secret, 'description' | 'kmsKeyId' | 'type'>> {
  /** Becomes the current one. */
  readonly version?: NewVersion | undefined;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Named secrets with versions and labels on them, each value sealed. Ids are names, ARNs, or ARNs without their suffix. Changes
 * are made at once and are durable a little later, as with all records. Refusals are `SecretRefused`.
 */
export class Secrets implements SecretReader {
  readonly #options: SecretsOptions;
  readonly #shelf: SecretShelf;
  readonly #versions: SecretVersions;

  constructor(options: SecretsOptions) {
    const { records, box, limits, now } = options;
    this.#options = options;
    this.#shelf = new SecretShelf(records, box, now);
    this.#versions = new SecretVersions(this.#shelf, limits, now);
    // What fell due while nobody was there goes now, not when somebody asks for it.
    this.#shelf.all();
  }

  async arnOf(world: World, name: string): Promise<string | undefined> {
    const secret = this.find(world, name);
    return secret && secretArn(world, secret);
  }

  async read(world: World, id: string): Promise<string | undefined> {
    const record = this.#shelf.find(world, id);
    const current = holderOf(record?.document.versions ?? [], CURRENT);
    if (record === undefined || record.document.deleteAt !== undefined || current === undefined)
      return undefined;
    const { value } = this.value(world, id, {});
    await this.#options.durable();
    return value.kind === 'text' ? value.text : Buffer.from(value.base64, 'base64').toString();
  }

  /** Also one that waits for its deletion; undefined when there is none. */
  find(world: World, id: string): Secret | undefined {
    return this.#shelf.find(world, id)?.document;
  }

  /** By name, those that wait for their deletion among them. */
  list({ account, region }: World): Secret[] {
    return this.#shelf
      .all()
      .filter(({ world }) => world.account === account && world.region === region)
      .map(({ record }) => record.document);
  }

  /** The secret that is there already when an earlier request has made it with the same version. */
  create(world: World, { version, ...details }: SecretDetails & Pick<Secret, 'name' | 'tags'>): Secret {
    const { name, tags = {} } = details;
    const existing = this.#shelf.find(world, name)?.document;
    if (existing !== undefined) return this.#again(world, existing, version);
    const { limits, now } = this.#options;
    this.#mustHaveRoom(tags, name);
    if (this.list(world).length >= limits.secrets) throw new SecretRefused('too-many-secrets', name);
    const time = now();
    const bare = { ...details, suffix: this.#newSuffix(), createdAt: time, changedAt: time, versions: [] };
    const secret = this.#withCurrent(world, bare, version);
    this.#shelf.save(world, secret, 0);
    return secret;
  }

  /** A new version; without labels it becomes the current one, as a secret's first version always does. */
  put(
    world: World,
    id: string,
    { stages = [CURRENT], ...version }: NewVersion & { readonly stages?: readonly string[] | undefined },
  ): Secret {
    return this.#change(world, id, (secret) => {
      if (this.#versions.has(world, secret, version)) return secret;
      const first = secret.versions.length === 0 ? [CURRENT] : [];
      return this.#versions.add(world, secret, { ...version, stages: [...new Set([...stages, ...first])] });
    });
  }

  /** What is undefined stays as it is. */
  update(world: World, id: string, { version, ...details }: SecretDetails): Secret {
    const given = Object.entries(details).filter(([, value]) => value !== undefined);
    return this.#change(world, id, (secret) => {
      const isThere = version !== undefined && this.#versions.has(world, secret, version);
      if (given.length === 0 && isThere) return secret;
      const updated: Secret = { ...secret, ...Object.fromEntries(given) };
      return isThere ? updated : this.#withCurrent(world, updated, version);
    });
  }

  setTags(world: World, id: string, change: (tags: Tags) => Tags): void {
    this.#change(world, id, (secret) => {
      const tags = change(secret.tags ?? {});
      this.#mustHaveRoom(tags, secret.name);
      return { ...secret, tags };
    });
  }

  /** From the version that has the label, if one has it, to another, or to none. */
  moveStage(world: World, id: string, move: StageMove): Secret {
    return this.#change(world, id, (secret) => this.#versions.moved(secret, move));
  }

  /** What a version holds: by its id, its label or both; the current one when neither is given. */
  value(
    world: World,
    id: string,
    wanted: Wanted,
  ): { readonly secret: Secret; readonly version: SecretVersion; readonly value: SecretValue } {
    const record = this.#usable(world, id);
    const version = findVersion(record.document, wanted);
    const value = this.#shelf.readValue(world, record.document, version.id);
    const secret = this.#versions.touched(record.document, version.id);
    if (secret !== record.document) this.#shelf.save(world, secret, record.version);
    return { secret, version, value };
  }

  /** Hides it at once; it is gone, and its name free, at that time. */
  deleteAt(world: World, id: string, time: number): Secret {
    return this.#change(world, id, (secret) => ({ ...secret, deleteAt: time }));
  }

  /** Also one that waits for its deletion; undefined when there is none. */
  deleteNow(world: World, id: string): Secret | undefined {
    const record = this.#shelf.find(world, id);
    if (record !== undefined) this.#shelf.remove(world, record);
    return record?.document;
  }

  /** One that does not wait for its deletion stays as it is. */
  restore(world: World, id: string): Secret {
    const record = this.#mustFind(world, id);
    const { deleteAt, ...restored } = record.document;
    return deleteAt === undefined ? restored : this.#save(world, record, restored);
  }

  #again(world: World, existing: Secret, version: NewVersion | undefined): Secret {
    if (existing.deleteAt !== undefined) throw new SecretRefused('name-waits-for-deletion', existing.name);
    if (version === undefined || !this.#versions.has(world, existing, version))
      throw new SecretRefused('exists', existing.name);
    return existing;
  }

  #withCurrent(world: World, secret: Secret, version: NewVersion | undefined): Secret {
    if (version === undefined) return secret;
    return this.#versions.add(world, secret, { ...version, stages: [CURRENT] });
  }

  #mustHaveRoom(tags: Tags, name: string): void {
    if (Object.keys(tags).length > this.#options.limits.tags) throw new SecretRefused('too-many-tags', name);
  }

  #newSuffix(): string {
    return Array.from(this.#options.random(6), (byte) => LETTERS[byte % LETTERS.length]).join('');
  }

  #mustFind(world: World, id: string): SecretRecord<Secret> {
    const record = this.#shelf.find(world, id);
    if (record === undefined) throw new SecretRefused('unknown-secret', id);
    return record;
  }

  #usable(world: World, id: string): SecretRecord<Secret> {
    const record = this.#mustFind(world, id);
    const { deleteAt, name } = record.document;
    if (deleteAt !== undefined) throw new SecretRefused('waits-for-deletion', name);
    return record;
  }

  #change(world: World, id: string, change: (secret: Secret) => Secret): Secret {
    const record = this.#usable(world, id);
    const changed = change(record.document);
    return changed === record.document ? changed : this.#save(world, record, changed);
  }

  #save(world: World, { version }: SecretRecord<Secret>, secret: Secret): Secret {
    const changed = { ...secret, changedAt: this.#options.now() };
    this.#shelf.save(world, changed, version);
    return changed;
  }
}
