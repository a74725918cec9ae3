import { FilesError } from '../../files/files-error.ts';
import { Refusal } from '../channel/refusal.ts';
import { MalformedRequest } from '../packets/field-reader.ts';
import { BrokenFraming } from '../packets/packet-splitter.ts';

const EXPECTED = [FilesError, Refusal, MalformedRequest, BrokenFraming];

/** For the log: says which errors nobody expects, and of what a client is told less about all there is to say. */
export function errorText(error: unknown): string {
  if (error instanceof FilesError && error.cause instanceof FilesError) return error.cause.message;
  const text = error instanceof Error ? error.message : String(error);
  return EXPECTED.some((kind) => error instanceof kind) ? text : `Internal error: ${text}`;
}

const LONGEST = 256;

/** What a peer wrote, fit for one line of a log. */
export function peerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, LONGEST);
}

interface SshError extends Error {
  readonly level?: string;
  /** The reason that the client gave for leaving. */
  readonly code?: unknown;
}

/** Why ssh2 gave a connection up. */
export function endReason(error: SshError): string {
  if (error.level === 'client-timeout') return 'the client does not answer';
  if (error.level === 'socket') return `connection lost: ${error.message}`;
  if (typeof error.code === 'number') return `the client disconnected: ${peerText(error.message)}`;
  return `protocol error: ${peerText(error.message)}`;
}
