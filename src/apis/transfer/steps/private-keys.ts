import type { OpenPgpKey } from '../../../openpgp/session-keys.ts';
import type { StepContext } from './step-context.ts';
import { badRequest, notFound } from './step-failure.ts';

const SUFFIXES = ['', '2', '3'] as const;

/**
 * The keys that a user's files are decrypted with: of the user's own secret, else of the server's default one.
 * https://docs.aws.amazon.com/transfer/latest/userguide/manage-pgp-keys.html
 */
export async function privateKeys({ transfer, rights, work }: StepContext): Promise<readonly OpenPgpKey[]> {
  const { world, serverId, userName } = work.facts.upload;
  for (const owner of [userName, '@pgp-default']) {
    const name = `aws/transfer/${serverId}/${owner}`;
    const arn = await transfer.secrets.arnOf(world, name);
    if (arn === undefined) continue;
    rights.onSecret(arn);
    const text = await transfer.secrets.read(world, name);
    if (text !== undefined) return keysIn(name, text);
  }
  throw notFound('There is no secret with a PGP key for the user, and no default one');
}

function keysIn(name: string, text: string): readonly OpenPgpKey[] {
  const members = readObject(name, text);
  const keys = SUFFIXES.flatMap((suffix) => {
    const privateKey = members[`PGPPrivateKey${suffix}`];
    const passphrase = members[`PGPPassphrase${suffix}`];
    if (typeof privateKey !== 'string' || privateKey === '') return [];
    return [{ privateKey, ...(typeof passphrase === 'string' && { passphrase }) }];
  });
  if (keys.length === 0) throw notFound(`The secret ${name} has no PGPPrivateKey`);
  return keys;
}

/** What is wrong is told without a word of what is in it. */
function readObject(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw badRequest(`The secret ${name} is not a JSON object`);
}
