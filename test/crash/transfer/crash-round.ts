import { newPgpKey } from '../../support/pgp-keys.ts';
import { eventually } from '../../support/sftp-world.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { type Random, seeded } from '../random.ts';
import { audit, type Figures } from './audit.ts';
import type { TransferLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { ownExecutions } from './own.ts';
import { atEndpoint, directories, fileSystems } from './shelves.ts';
import { type CrashPlace, openPlace, PASSPHRASE, prepareWorld, type Up } from './world.ts';

/** Decrypting takes its time on a machine with more to do. */
const LONGEST_MS = 180_000;

export interface RoundResult extends Figures {
  readonly storage: string;
  readonly kills: number;
  readonly violations: readonly string[];
}

/** Which one a round works on is up to its seed. */
const shelvesOf = (seed: number) => [directories, atEndpoint, fileSystems][seed % 3] ?? directories;

/** One data directory, several servers killed over it, and an audit when everything has come to its end. */
export async function transferCrashRound(seed: number): Promise<RoundResult> {
  const { path, remove } = await makeTemporaryDirectory();
  const random = seeded(seed);
  const shelves = await shelvesOf(seed)(path);
  const place = openPlace(path, shelves);
  try {
    const ledger = await prepare(place, random);
    const kills = 2 + random.below(3);
    for (let kill = 0; kill < kills; kill++) {
      if (random.chance(0.25)) await place.killWhileStarting(100 + random.below(900));
      await killUnderLoad(place, ledger);
    }
    const figures = await finish(place, ledger);
    return { storage: shelves.kind, ...figures, kills, violations: ledger.violations };
  } finally {
    await shelves.close();
    await remove();
  }
}

async function prepare(place: CrashPlace, random: Random): Promise<TransferLedger> {
  const pgp = await newPgpKey('ecc', PASSPHRASE);
  const up = await place.start();
  const lines = await prepareWorld(up, place.shelves, pgp);
  await end(up);
  return { random, pgp, lines, sent: [], dues: new Map(), violations: [] };
}

/** Sometimes right at the start, mostly in the middle of things. */
async function killUnderLoad(place: CrashPlace, ledger: TransferLedger): Promise<void> {
  const { random } = ledger;
  const up = await place.start();
  const load = startLoad(up, ledger);
  await load.after(random.chance(0.15) ? random.below(4) : random.below(60), 8_000);
  load.expectEnd();
  await end(up);
  await load.ended();
  noteLog(up, ledger);
}

async function end({ process, client }: Up): Promise<void> {
  await process.end('SIGKILL');
  client.destroy();
}

async function finish(place: CrashPlace, ledger: TransferLedger): Promise<Figures> {
  const up = await place.start();
  try {
    await eventually('every execution has ended', () => haveAllEnded(up, ledger), LONGEST_MS);
    return await audit(up, ledger, place);
  } finally {
    await end(up);
    noteLog(up, ledger);
  }
}

async function haveAllEnded({ own }: Up, { lines }: TransferLedger): Promise<true | undefined> {
  const open = Object.values(lines).map((line) => ownExecutions(own, line, '&status=running'));
  return (await Promise.all(open)).flat().length === 0 ? true : undefined;
}

/** A server whose world works has nothing to complain about. */
function noteLog({ process }: Up, { violations }: TransferLedger): void {
  if (process.log() !== '') violations.push(`the server wrote: ${process.log().slice(0, 2000)}`);
}
