import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import type { Figures } from './audit.ts';
import type { Round } from './deciders.ts';
import { drainAndAudit, prepareWorld } from './finish.ts';
import { Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { type Random, seeded } from './random.ts';
import { killWhileStarting, type ServerProcess, startServer } from './server-process.ts';

export interface RoundResult extends Figures {
  readonly kills: number;
  readonly violations: readonly string[];
}

/** One data directory, several servers killed over it, and an audit when everything has come to its end. */
export async function crashRound(seed: number): Promise<RoundResult> {
  const directory = await makeTemporaryDirectory();
  const random = seeded(seed);
  const round: Round = { ledger: new Ledger(200), random, held: [] };
  let kills = 2 + random.below(3);
  const loadKills = kills;
  try {
    await prepare(directory.path, round);
    for (let kill = 0; kill < loadKills; kill++) {
      if (random.chance(0.25)) {
        await killWhileStarting(directory.path, 100 + random.below(700));
        kills++;
      }
      await killUnderLoad(directory.path, round);
    }
    const figures = await finish(directory.path, round);
    return { ...figures, kills, violations: round.ledger.violations };
  } finally {
    await directory.remove();
  }
}

async function prepare(data: string, round: Round): Promise<void> {
  const server = await startServer(data);
  await prepareWorld(server.endpoint, round);
  await server.end('SIGKILL');
}

/** Sometimes right at the start, mostly in the middle of things. */
async function killUnderLoad(data: string, round: Round): Promise<void> {
  const server = await startServer(data);
  const up = { from: server.readyAt, to: Number.POSITIVE_INFINITY };
  round.ledger.up.push(up);
  const load = startLoad(server.endpoint, { round });
  await load.after(killPoint(round.random), 3000);
  load.expectEnd();
  up.to = Date.now();
  await server.end('SIGKILL');
  await load.ended();
  noteLog(server, round);
}

function killPoint(random: Random): number {
  return random.chance(0.12) ? random.below(10) : random.below(700);
}

async function finish(data: string, round: Round): Promise<Figures> {
  const server = await startServer(data);
  round.ledger.up.push({ from: server.readyAt, to: Number.POSITIVE_INFINITY });
  const figures = await drainAndAudit(server.endpoint, round);
  const code = await server.end('SIGTERM');
  if (code !== 0) round.ledger.violation(`the last server ended with ${code}`);
  noteLog(server, round);
  return figures;
}

/** A server over a store that works has nothing to complain about. */
function noteLog(server: ServerProcess, { ledger }: Round): void {
  const log = server.log();
  if (log !== '') ledger.violation(`the server wrote: ${log.slice(0, 2000)}`);
}
