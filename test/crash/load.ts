import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint } from '../../bench/load/signed-request.ts';
import { type Caller, callersOf, type Life, ServerGone } from './caller.ts';
import { type Actor, answer, decideOnce, type Round } from './deciders.ts';
import { bustle } from './others.ts';
import { workOnce } from './workers.ts';

/** All clients of one server. */
export interface Load {
  readonly life: Life;
  /** Resolves when that many changes more have been acknowledged, or when so many milliseconds have passed. */
  after(changes: number, milliseconds: number): Promise<void>;
  /** From now on broken connections are expected. */
  expectEnd(): void;
  /** Resolves when every client has noticed that the server is gone or that it shall stop. */
  ended(): Promise<void>;
  /** Hangs up. */
  hangUp(): Promise<void>;
}

interface LoadOptions {
  readonly round: Round;
  readonly draining?: boolean;
  readonly mayBeUnavailable?: boolean;
}

const DECIDERS = 4;
const WORKERS = 4;
const OTHERS = 3;

export function startLoad(endpoint: Endpoint, options: LoadOptions): Load {
  const { round, draining = false, mayBeUnavailable = false } = options;
  let acknowledged = 0;
  let wake = (): void => {};
  const life: Life = {
    ending: false,
    draining,
    mayBeUnavailable,
    acknowledged: () => {
      acknowledged++;
      wake();
    },
  };
  const connect = callersOf(endpoint, life, round.ledger);
  const callers: Caller[] = [];
  const actor = (): Actor => {
    const caller = connect();
    callers.push(caller);
    return { ...round, caller, life };
  };
  const loops = [
    ...Array.from({ length: DECIDERS }, () => loop(actor(), decideOnce)),
    ...Array.from({ length: WORKERS }, () => loop(actor(), workOrAnswer)),
    ...(draining ? [] : Array.from({ length: OTHERS }, () => loop(actor(), bustle))),
    loop(actor(), answerHeld),
  ];
  const ended = async (): Promise<void> => void (await Promise.all(loops));
  return {
    life,
    after: async (changes, milliseconds) => {
      const goal = acknowledged + changes;
      const enough = new Promise<void>((resolve) => {
        wake = () => (acknowledged >= goal ? resolve() : undefined);
        wake();
      });
      const waiting = new AbortController();
      await Promise.race([enough, delay(milliseconds, undefined, { signal: waiting.signal })]);
      waiting.abort();
    },
    expectEnd: () => {
      life.ending = true;
    },
    ended,
    hangUp: () => {
      life.ending = true;
      for (const caller of callers) caller.close();
      return ended();
    },
  };
}

async function loop(actor: Actor, step: (actor: Actor) => Promise<void>): Promise<void> {
  try {
    while (!actor.life.ending) await step(actor);
  } catch (error) {
    if (!(error instanceof ServerGone)) throw error;
  } finally {
    actor.caller.close();
  }
}

/** Mostly works; sometimes gives an answer that has been due for a while. */
async function workOrAnswer(actor: Actor): Promise<void> {
  const { held, random } = actor;
  const old = random.chance(0.1) ? held.splice(random.below(held.length), 1)[0] : undefined;
  await (old === undefined ? workOnce(actor) : answer(actor, old));
}

/** Answers that the server before did not get, or kept us from hearing of: tokens outlive servers. */
async function answerHeld(actor: Actor): Promise<void> {
  const { held, life, random } = actor;
  const old = held.shift();
  if (old !== undefined) await answer(actor, old);
  await delay(life.draining ? 5 : random.below(100));
}
