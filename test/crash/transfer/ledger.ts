import type { PgpKeyPair } from '../../support/pgp-keys.ts';
import type { Random } from '../random.ts';

/** What becomes of a file: decided by its name, which the server's workflow and the function look at. */
const KINDS = ['passed', 'failed', 'unanswered', 'decrypted', 'tampered'] as const;
export type Kind = (typeof KINDS)[number];

/** Servers by what their workflows do: let a function decide, wait for one in vain, decrypt. */
export const LINES = {
  plain: ['passed', 'failed'],
  waiting: ['unanswered'],
  pgp: ['decrypted', 'decrypted', 'tampered'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;
export type LineName = keyof typeof LINES;

export interface Sent {
  readonly kind: Kind;
  readonly name: string;
  /** What the workflow is to make of it. */
  readonly content: Buffer;
  /** What is uploaded. */
  readonly bytes: Uint8Array;
  isAcknowledged: boolean;
}

/** One server with its workflow. */
export interface Line {
  readonly serverId: string;
  readonly workflowId: string;
}

/** What the clients of one round know. */
export interface TransferLedger {
  readonly random: Random;
  readonly pgp: PgpKeyPair;
  readonly lines: Readonly<Record<LineName, Line>>;
  readonly sent: Sent[];
  /** Due times that were shown, by execution: they may never change. */
  readonly dues: Map<string, string>;
  readonly violations: string[];
}
