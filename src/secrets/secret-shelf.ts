import { SecretBoxError } from './aes-secret-box.ts';
import { type Secret, SecretRefused, type SecretValue, type World } from './secret.ts';
import { readSecretId } from './secret-arn.ts';
import type { SecretBox } from './secret-box.ts';
import type { SecretRecord, SecretRecords } from './secret-records.ts';

/** One collection for all worlds, so that a secret and its values are in one shard and stored together. */
const COLLECTION = 'secrets';
const SECRET = 'secret/';

export interface Shelved {
  readonly world: World;
  readonly record: SecretRecord<Secret>;
}

/** Where secrets and, sealed and apart from them, their values are kept. A secret whose time has come is gone. */
export class SecretShelf {
  readonly #records: SecretRecords;
  readonly #box: SecretBox;
  readonly #now: () => number;

  constructor(records: SecretRecords, box: SecretBox, now: () => number) {
    this.#records = records;
    this.#box = box;
    this.#now = now;
  }

  /** By its name or ARN. */
  find(world: World, id: string): SecretRecord<Secret> | undefined {
    for (const { name, suffix } of readSecretId(world, id)) {
      const record = this.#records.get<Secret>(COLLECTION, secretId(world, name));
      if (record === undefined || !this.#isThere(world, record)) continue;
      if (suffix === undefined || suffix === record.document.suffix) return record;
    }
    return undefined;
  }

  /** Of all accounts and regions. */
  all(): Shelved[] {
    return this.#records
      .list<Secret>(COLLECTION)
      .filter(({ id }) => id.startsWith(SECRET))
      .map((record) => ({ world: worldOf(record.id), record }))
      .filter(({ world, record }) => this.#isThere(world, record));
  }

  /** Over the version of the record that the caller has seen, 0 for a new one. */
  save(world: World, secret: Secret, seen: number): void {
    const id = secretId(world, secret.name);
    this.#records.put(COLLECTION, { id, version: seen, document: secret });
  }

  remove(world: World, { id, version, document }: SecretRecord<Secret>): void {
    this.#records.remove(COLLECTION, id, version);
    for (const { id: versionId } of document.versions) this.removeValue(world, document, versionId);
  }

  /** Throws `SecretRefused` with reason `unreadable` when it cannot be unsealed. */
  readValue(world: World, secret: Secret, versionId: string): SecretValue {
    const id = valueId(world, secret, versionId);
    const record = this.#records.get<string>(COLLECTION, id);
    if (record === undefined) throw new SecretRefused('unreadable', secret.name);
    try {
      return JSON.parse(this.#box.open(record.document, id)) as SecretValue;
    } catch (error) {
      if (error instanceof SecretBoxError) throw new SecretRefused('unreadable', secret.name);
      throw error;
    }
  }

  addValue(
    world: World,
    secret: Secret,
    version: { readonly id: string; readonly value: SecretValue },
  ): void {
    const id = valueId(world, secret, version.id);
    const document = this.#box.seal(JSON.stringify(version.value), id);
    this.#records.put(COLLECTION, { id, version: 0, document });
  }

  removeValue(world: World, secret: Secret, versionId: string): void {
    const id = valueId(world, secret, versionId);
    const record = this.#records.get<string>(COLLECTION, id);
    if (record !== undefined) this.#records.remove(COLLECTION, id, record.version);
  }

  #isThere(world: World, record: SecretRecord<Secret>): boolean {
    const { deleteAt } = record.document;
    if (deleteAt === undefined || deleteAt > this.#now()) return true;
    this.remove(world, record);
    return false;
  }
}

const secretId = ({ account, region }: World, name: string): string =>
  `${SECRET}${account}/${region}/${name}`;

function worldOf(id: string): World {
  const [account = '', region = ''] = id.slice(SECRET.length).split('/');
  return { account, region };
}

/** Also what the value is sealed for: it cannot be passed off as another's. */
const valueId = ({ account, region }: World, { name, suffix }: Secret, versionId: string): string =>
  `value/${JSON.stringify([account, region, name, suffix, versionId])}`;
