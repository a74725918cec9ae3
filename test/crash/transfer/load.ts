import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { encryptFor } from '../../support/pgp-keys.ts';
import { SftpClient } from '../../support/sftp-client.ts';
import { keyPair } from '../../support/sftp-server.ts';
import { type Kind, LINES, type Line, type LineName, type Sent, type TransferLedger } from './ledger.ts';
import { ownExecutions } from './own.ts';
import { portOf, type Up } from './world.ts';

/** One client for each. */
const UPLOADERS: readonly LineName[] = ['plain', 'plain', 'waiting', 'pgp', 'pgp'];

export interface Load {
  /** Resolves when so many uploads more have been acknowledged, or so many milliseconds have passed. */
  after(uploads: number, milliseconds: number): Promise<void>;
  /** From now on broken connections are no surprise. */
  expectEnd(): void;
  ended(): Promise<unknown>;
}

interface Life {
  isEnding: boolean;
  acknowledged: number;
}

/** Clients that upload until their server is gone, and one that looks at what waits. */
export function startLoad(up: Up, ledger: TransferLedger): Load {
  const life: Life = { isEnding: false, acknowledged: 0 };
  const guarded = async (work: Promise<void>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!life.isEnding) ledger.violations.push(`a client of a server that should be up: ${error}`);
    });
  };
  const clients = [...UPLOADERS.map((line) => upload(up, ledger, life, line)), look(up, ledger, life)].map(
    guarded,
  );
  return {
    after: async (uploads, milliseconds) => {
      const end = Date.now() + milliseconds;
      const goal = life.acknowledged + uploads;
      while (life.acknowledged < goal && Date.now() < end) await delay(2);
    },
    expectEnd: () => {
      life.isEnding = true;
    },
    ended: () => Promise.all(clients),
  };
}

async function upload(up: Up, ledger: TransferLedger, life: Life, line: LineName): Promise<void> {
  const session = await SftpClient.connect({
    host: '127.0.0.1',
    port: await portOf(up, ledger.lines[line]),
    username: 'alice',
    privateKey: keyPair('ed25519').private,
  });
  try {
    while (!life.isEnding) {
      const sent = await newFile(ledger, ledger.random.pick<Kind>(LINES[line]) ?? 'passed');
      if (life.isEnding) return;
      ledger.sent.push(sent);
      await session.put(sent.name, sent.bytes);
      sent.isAcknowledged = true;
      life.acknowledged += 1;
    }
  } finally {
    session.vanish();
  }
}

let files = 0;

async function newFile({ random, pgp }: TransferLedger, kind: Kind): Promise<Sent> {
  files += 1;
  const size = random.chance(0.1) ? 3_000_000 : 1 + random.below(60_000);
  const content = randomBytes(size);
  const sent = { kind, content, isAcknowledged: false };
  switch (kind) {
    case 'passed':
      return { ...sent, name: `ok-${files}`, bytes: content };
    case 'failed':
      return { ...sent, name: `fail-${files}`, bytes: content };
    case 'unanswered':
      return { ...sent, name: `wait-${files}`, bytes: content };
    case 'decrypted':
      return { ...sent, name: `ok-${files}.gpg`, bytes: await encryptFor(pgp, content) };
    case 'tampered':
      return { ...sent, name: `bad-${files}.gpg`, bytes: tampered(await encryptFor(pgp, content)) };
    default:
      return kind satisfies never;
  }
}

function tampered(message: Uint8Array): Uint8Array {
  const changed = Buffer.from(message);
  const place = Math.floor(changed.length * 0.9);
  changed[place] = (changed[place] ?? 0) ^ 1;
  return changed;
}

async function look(up: Up, ledger: TransferLedger, life: Life): Promise<void> {
  while (!life.isEnding) {
    await noteDues(up, ledger, ledger.lines.waiting);
    await delay(50);
  }
}

/** What was told once of when a step times out holds for ever. */
async function noteDues({ own }: Up, { dues, violations }: TransferLedger, line: Line): Promise<void> {
  for (const { run, waitingFor } of await ownExecutions(own, line, '&status=running&limit=20')) {
    const due = waitingFor.find(({ kind }) => kind === 'function')?.due ?? undefined;
    if (due === undefined) continue;
    const before = dues.get(run) ?? due;
    if (before !== due) violations.push(`${run} was to time out at ${before}, now at ${due}`);
    dues.set(run, due);
  }
}
