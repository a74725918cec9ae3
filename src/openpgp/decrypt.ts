import type { FromJob, NewJob, ToJob } from './job-messages.ts';
import { Mailbox } from './mailbox.ts';
import { OpenPgpError } from './openpgp-error.ts';
import type { OpenPgpKey } from './session-keys.ts';
import { Source } from './source.ts';
import { DecryptingThread } from './thread.ts';

export interface DecryptOptions {
  /** Of the content. */
  readonly maxBytes: number;
  /** Ends it early; the iteration throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where; otherwise in one that ends with the last message. */
  readonly thread?: DecryptingThread;
}

const shared = new DecryptingThread();

/**
 * The content of an OpenPGP message that is encrypted for one of the keys, binary or armored, in pieces as they are decrypted. Nothing of it
 * may be used before the iteration has ended normally: only then has the integrity of the whole been checked. Signatures are not verified.
 * A piece is the caller's until the next is asked for: then its memory is used again.
 * Throws `OpenPgpError`, and what reading the input throws. Holds a few pieces in memory, however long the message is.
 * RFC 4880: https://www.rfc-editor.org/rfc/rfc4880
 */
export async function* decryptOpenPgp(
  input: AsyncIterable<Uint8Array>,
  keys: readonly OpenPgpKey[],
  { maxBytes, signal, thread = shared }: DecryptOptions,
): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  const answers = new Mailbox<FromJob>();
  const { port, release } = thread.begin({ keys: keys.map(plainKey), maxBytes }, (error) =>
    answers.end(error),
  );
  const abort = (): void => answers.end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const source = new Source(input, port, (error) => answers.end(error));
  port.on('message', (message: FromJob) => {
    if (message.kind === 'want') source.send(message.room);
    else answers.put(message);
  });
  try {
    for (;;) {
      const answer = await answers.take();
      signal?.throwIfAborted();
      if (answer.kind === 'done') return;
      const bytes = outputOf(answer);
      yield bytes;
      port.postMessage({ kind: 'taken', room: bytes.buffer } satisfies ToJob, [bytes.buffer]);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await source.end();
    await release();
  }
}

/** Callers may hold more in their objects than can be, or should be, sent to the thread. */
const plainKey = ({ privateKey, passphrase }: OpenPgpKey): NewJob['keys'][number] => ({
  privateKey,
  passphrase,
});

function outputOf(answer: FromJob): Uint8Array<ArrayBuffer> {
  switch (answer.kind) {
    case 'output':
      return answer.bytes;
    case 'refused':
      throw new OpenPgpError(answer.reason, answer.message);
    case 'failed':
      throw new Error(`the message could not be decrypted: ${answer.message}`);
    default:
      throw new Error(`the thread that decrypts says ${answer.kind} now`);
  }
}
