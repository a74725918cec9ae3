import { newRsaKey } from '../../../kernel/ids.ts';
import { invalidRequest } from '../faults.ts';
import type { Tag } from '../model/types.gen.ts';
import { newId } from '../names.ts';
import { describePrivateKey, type PrivateKey, readPrivateKey } from '../ssh-keys/private-key.ts';
import { SshKeyError } from '../ssh-keys/ssh-key-error.ts';
import type { Transfer } from '../transfer.ts';
import type { World } from '../world.ts';
import type { HostKey } from './documents.ts';
import { GENERATED_HOST_KEY } from './inferred.ts';

export interface NewHostKey {
  readonly serverId: string;
  readonly key: PrivateKey;
  readonly description?: string | undefined;
  readonly tags: readonly Tag[];
}

/** A host key with its private part sealed, not yet registered. */
export function sealedHostKey({ box, creationTime }: Transfer, world: World, given: NewHostKey): HostKey {
  const { serverId, key, description, tags } = given;
  const id = newId('hostkey');
  return {
    id,
    serverId,
    importedAt: creationTime('host-key'),
    description,
    type: key.type,
    fingerprint: key.fingerprint,
    sealedKey: box.seal(key.text, purposeOf(world, { serverId, id })),
    Tags: tags,
  };
}

/** The private key, as programs of SSH read it. Throws when it was sealed by another installation. */
export function openHostKey({ box }: Transfer, world: World, key: HostKey): string {
  return box.open(key.sealedKey, purposeOf(world, key));
}

function purposeOf({ account, region }: World, { serverId, id }: Pick<HostKey, 'serverId' | 'id'>): string {
  return `transfer host key ${account}/${region}/${serverId}/${id}`;
}

/** Throws InvalidRequestException for a text that is no key without passphrase, of a type for hosts. */
export function readHostKey(text: string): PrivateKey {
  try {
    return readPrivateKey(text);
  } catch (error) {
    if (!(error instanceof SshKeyError)) throw error;
    throw invalidRequest(`Unsupported or invalid host key: ${error.message}`);
  }
}

export async function generateHostKey(): Promise<PrivateKey> {
  return describePrivateKey(await newRsaKey(GENERATED_HOST_KEY.bits));
}
