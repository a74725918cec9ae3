import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { OperationName } from '../../src/apis/secrets-manager/model/types.gen.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { type RawAnswer, RawCaller } from '../support/raw-call.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { createRandom, mutate } from './mutate.ts';

/** Requests to each operation: few by default, thousands by hand. */
const ROUNDS = Number(process.env.ORRERY_FUZZ_ROUNDS ?? 60);
const SEED = Number(process.env.ORRERY_FUZZ_SEED ?? 1);

/** Of any operation, whatever its own faults. */
const COMMON = ['ValidationException', 'SerializationException', 'RequestEntityTooLarge'];

interface Model {
  readonly operations: Readonly<Record<string, { readonly errors?: readonly { readonly shape: string }[] }>>;
}

const model = JSON.parse(
  readFileSync(new URL('../../models/secrets-manager.json', import.meta.url), 'utf8'),
) as Model;

const TOKEN = 'x'.repeat(32);
const tags = [{ Key: 'team', Value: 'data' }];
const value = { SecretString: '{"PGPPrivateKey":"x"}', ClientRequestToken: TOKEN };

interface Situation {
  readonly name: string;
  readonly arn: string;
  readonly next: string;
}

const SAMPLES: Readonly<Partial<Record<OperationName, (of: Situation) => object>>> = {
  CreateSecret: ({ name }) => ({
    Name: `${name}/new`,
    Description: 'd',
    KmsKeyId: 'k',
    Tags: tags,
    ...value,
  }),
  PutSecretValue: ({ arn }) => ({ SecretId: arn, SecretBinary: 'AAAA', VersionStages: ['AWSPENDING', 'x'] }),
  UpdateSecret: ({ name }) => ({ SecretId: name, Description: 'd', KmsKeyId: 'k', ...value }),
  GetSecretValue: ({ arn }) => ({ SecretId: arn, VersionId: TOKEN, VersionStage: 'AWSCURRENT' }),
  UpdateSecretVersionStage: ({ name }) => ({ SecretId: name, VersionStage: 'x', MoveToVersionId: TOKEN }),
  GetResourcePolicy: ({ arn }) => ({ SecretId: arn }),
  DescribeSecret: ({ arn }) => ({ SecretId: arn }),
  ListSecrets: ({ next }) => ({
    IncludePlannedDeletion: true,
    MaxResults: 1,
    NextToken: next,
    Filters: [{ Key: 'name', Values: ['a', '!b'] }],
    SortOrder: 'asc',
    SortBy: 'name',
  }),
  ListSecretVersionIds: ({ name }) => ({ SecretId: name, MaxResults: 5, IncludeDeprecated: true }),
  DeleteSecret: ({ name }) => ({ SecretId: name, RecoveryWindowInDays: 7 }),
  RestoreSecret: ({ arn }) => ({ SecretId: arn }),
  TagResource: ({ arn }) => ({ SecretId: arn, Tags: tags }),
  UntagResource: ({ arn }) => ({ SecretId: arn, TagKeys: ['team'] }),
  RotateSecret: ({ arn }) => ({ SecretId: arn, RotationRules: { AutomaticallyAfterDays: 3 } }),
  GetRandomPassword: () => ({ PasswordLength: 20, ExcludeCharacters: 'x' }),
  BatchGetSecretValue: ({ arn }) => ({ SecretIdList: [arn] }),
};

let server: TestServer;
let caller: RawCaller;
let prepared = 0;

before(async () => {
  server = await startServer({ clock: createFixedClock() });
  caller = new RawCaller(server, 'secretsmanager');
});

after(async () => {
  await server.stop();
  caller.close();
});

const call = (operation: string, body: string | object): Promise<RawAnswer> =>
  caller.call({ target: `secretsmanager.${operation}`, body });

async function prepare(): Promise<Situation> {
  const name = `secret-${++prepared}`;
  const made = await call('CreateSecret', { Name: name, ...value });
  assert.equal(made.status, 200, made.body);
  await call('CreateSecret', { Name: `${name}/second` });
  const { NextToken: next } = JSON.parse((await call('ListSecrets', { MaxResults: 1 })).body);
  return { name, arn: JSON.parse(made.body).ARN, next };
}

function checkAnswer(operation: string, { status, body }: RawAnswer): string {
  if (status === 200) {
    assert.ok(body === '' || typeof JSON.parse(body) === 'object');
    return 'success';
  }
  const { __type: type, Message: message } = JSON.parse(body);
  assert.equal(typeof message, 'string');
  const name = type.slice(type.indexOf('#') + 1);
  const allowed = [...COMMON, ...(model.operations[operation]?.errors ?? []).map(({ shape }) => shape)];
  assert.ok(allowed.includes(name), `${type}: ${message.slice(0, 200)}`);
  assert.equal(status, name === 'RequestEntityTooLarge' ? 413 : 400);
  return name;
}

for (const [index, [name, sample]] of Object.entries(SAMPLES).entries()) {
  test(`${name} survives ${ROUNDS} mutated requests`, async (context) => {
    const random = createRandom(SEED * 1_000 + index);
    const counts: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round++) {
      const body = mutate(random, sample(await prepare()));
      const answer = await call(name, body);
      try {
        const outcome = checkAnswer(name, answer);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      } catch (error) {
        throw new Error(`round ${round} of seed ${SEED}: ${body.slice(0, 2_000)}`, { cause: error });
      }
    }
    context.diagnostic(`${name}: ${JSON.stringify(counts)}`);
    assert.deepEqual(server.takeErrors(), []);
  });
}
