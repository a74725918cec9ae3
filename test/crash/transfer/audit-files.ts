import type { Bucket } from '../../../src/files/bucket.ts';
import type { Storage } from '../../../src/files/storage.ts';
import { getBytes, keys } from '../../support/objects.ts';
import type { Sent, TransferLedger } from './ledger.ts';

interface Expected {
  readonly content: Uint8Array;
  readonly tag: string;
}

/** Each effect of each execution stands, whole and once, and nothing else does. */
export async function auditFiles(
  storage: Storage,
  ledger: TransferLedger,
  started: ReadonlySet<string>,
): Promise<void> {
  const incoming = new Map<string, Expected>();
  const outgoing = new Map<string, Expected>();
  const loose = new Map<string, Sent>();
  for (const sent of ledger.sent) {
    if (!started.has(sent.name)) loose.set(sent.name, sent);
    else expect(sent, { incoming, outgoing });
  }
  await check(ledger, bucketOf(storage, 'out'), { expected: outgoing, loose: new Map() });
  await check(ledger, bucketOf(storage, 'in'), { expected: incoming, loose });
}

function expect(
  { kind, name, content, bytes }: Sent,
  { incoming, outgoing }: Readonly<Record<'incoming' | 'outgoing', Map<string, Expected>>>,
): void {
  const handled = { content: bytes, tag: 'handled=1' };
  const made = { content, tag: 's=ok' };
  if (kind === 'tampered') incoming.set(name, handled);
  else if (kind === 'decrypted') {
    incoming.set(name, { content: bytes, tag: '' });
    const plainName = name.replace(/\.gpg$/, '');
    outgoing.set(`decrypted/${plainName}`, made).set(`archive/${plainName}`, made);
  } else {
    outgoing.set(`plain/${name}`, made);
    if (kind !== 'passed') incoming.set(name, handled);
  }
}

/** `loose` are uploads that were not acknowledged and have no execution: if their files are there, they are whole. */
async function check(
  { violations }: TransferLedger,
  bucket: Bucket,
  {
    expected,
    loose,
  }: { readonly expected: Map<string, Expected>; readonly loose: ReadonlyMap<string, Sent> },
): Promise<void> {
  const found = new Set(await keys(bucket));
  for (const key of found) {
    const wanted = expected.get(key) ?? looseFile(loose.get(key));
    if (wanted === undefined) violations.push(`${bucket.name}/${key} should not be there`);
    else if (!(await getBytes(bucket, key)).equals(wanted.content))
      violations.push(`${bucket.name}/${key} has another content`);
    else if (tagText(await bucket.getTags({ key })) !== wanted.tag)
      violations.push(`${bucket.name}/${key} has the tags ${tagText(await bucket.getTags({ key }))}`);
  }
  for (const key of expected.keys()) if (!found.has(key)) violations.push(`${bucket.name}/${key} is lost`);
}

const looseFile = (sent: Sent | undefined): Expected | undefined => sent && { content: sent.bytes, tag: '' };

const tagText = (tags: readonly { readonly Key: string; readonly Value: string }[]): string =>
  tags.map(({ Key, Value }) => `${Key}=${Value}`).join(' ');

function bucketOf(storage: Storage, name: string): Bucket {
  const bucket = storage.bucket(name);
  if (bucket === undefined) throw new Error(`there is no bucket ${name}`);
  return bucket;
}
