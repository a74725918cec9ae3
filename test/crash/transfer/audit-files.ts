import type { Sent, TransferLedger } from './ledger.ts';
import type { Found, Shelves, Side } from './shelves.ts';

type Expected = Readonly<Record<Side, Map<string, Found>>>;

/** Each effect of each execution stands, whole and once, and nothing else does. */
export async function auditFiles(
  shelves: Shelves,
  ledger: TransferLedger,
  started: ReadonlySet<string>,
): Promise<void> {
  const expected: Expected = { in: new Map(), out: new Map() };
  const loose = new Map<string, Sent>();
  const hasTags = shelves.kind !== 'file systems';
  for (const sent of ledger.sent) {
    if (!started.has(sent.name)) loose.set(sent.name, sent);
    else if (hasTags) expectObjects(sent, expected);
    else expectFiles(sent, expected);
  }
  for (const side of ['in', 'out'] as const) await check(ledger, shelves, { side, expected, loose });
}

const plainName = (name: string): string => name.replace(/\.gpg$/, '');

function expectObjects({ kind, name, content, bytes }: Sent, expected: Expected): void {
  const handled = { content: Buffer.from(bytes), tags: 'handled=1' };
  const made = { content, tags: 's=ok' };
  if (kind === 'tampered') expected.in.set(name, handled);
  else if (kind === 'decrypted') {
    expected.in.set(name, { ...handled, tags: '' });
    for (const folder of ['decrypted', 'archive']) expected.out.set(`${folder}/${plainName(name)}`, made);
  } else {
    expected.out.set(`plain/${name}`, made);
    if (kind !== 'passed') expected.in.set(name, handled);
  }
}

/** A handler copies them, since there are no tags. */
function expectFiles({ kind, name, content, bytes }: Sent, expected: Expected): void {
  const sent = { content: Buffer.from(bytes) };
  if (kind !== 'passed') expected.in.set(name, sent);
  if (kind !== 'passed' && kind !== 'decrypted') expected.out.set(`handled/${name}`, sent);
  if (kind === 'decrypted')
    for (const folder of ['decrypted', 'archive'])
      expected.out.set(`${folder}/${plainName(name)}`, { content });
  else if (kind !== 'tampered') expected.out.set(`plain/${name}`, sent);
}

/** `loose` are uploads that were not acknowledged and have no execution. */
async function check(
  { violations }: TransferLedger,
  shelves: Shelves,
  given: { readonly side: Side; readonly expected: Expected; readonly loose: ReadonlyMap<string, Sent> },
): Promise<void> {
  const { side } = given;
  const expected = given.expected[side];
  const found = await shelves.read(side);
  for (const [name, file] of found) {
    const loose = side === 'in' ? given.loose.get(name) : undefined;
    const wanted = expected.get(name);
    if (wanted === undefined && loose !== undefined && isAsSent(shelves, file, loose)) continue;
    if (wanted === undefined) violations.push(`${side}/${name} should not be there, or not so`);
    else if (!file.content.equals(wanted.content)) violations.push(`${side}/${name} has another content`);
    else if (file.tags !== wanted.tags) violations.push(`${side}/${name} has the tags ${file.tags}`);
  }
  for (const name of expected.keys()) if (!found.has(name)) violations.push(`${side}/${name} is lost`);
}

/** Whole and as nobody has worked on it; on a file system as far as it came, as there it shows from the start. */
function isAsSent({ kind }: Shelves, { content, tags = '' }: Found, { bytes }: Sent): boolean {
  const sent = kind === 'file systems' ? bytes.subarray(0, content.length) : bytes;
  return content.equals(sent) && tags === '';
}
