import { once } from 'node:events';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { ByteReader } from './byte-reader.ts';
import { decryptMessage } from './decrypt-message.ts';
import { type FromJob, type NewJob, PIECE_BYTES, PIECES_AHEAD, type ToJob } from './job-messages.ts';
import { Mailbox } from './mailbox.ts';
import { OpenPgpError } from './openpgp-error.ts';

/** A thread in which any number of messages are decrypted side by side, each at the pace of its reader. */
parentPort?.on('message', (job: NewJob) => {
  const closed = once(job.port, 'close');
  void Promise.race([run(job), closed]).finally(() => job.port.close());
});

async function run({ keys, maxBytes, port }: NewJob): Promise<void> {
  const post = (message: FromJob, ...moved: ArrayBuffer[]): void => port.postMessage(message, moved);
  const input = new Mailbox<Uint8Array<ArrayBuffer> | undefined>();
  const taken = new Mailbox<ArrayBuffer>();
  port.on('message', (message: ToJob) => {
    if (message.kind === 'taken') taken.put(message.room);
    else input.put(message.kind === 'input' ? message.bytes : undefined);
  });
  port.once('close', () => {
    input.end();
    taken.end();
  });
  const content = new ByteReader(decryptMessage(receive(input, port), keys, maxBytes));
  try {
    for (let piece = 0; ; piece++) {
      const bytes =
        piece <= PIECES_AHEAD ? Buffer.allocUnsafeSlow(PIECE_BYTES) : Buffer.from(await taken.take());
      const length = await content.fill(bytes);
      if (length > 0) post({ kind: 'output', bytes: bytes.subarray(0, length) }, bytes.buffer);
      if (length < PIECE_BYTES) break;
    }
    post({ kind: 'done' });
  } catch (error) {
    if (error instanceof OpenPgpError)
      post({ kind: 'refused', reason: error.reason, message: error.message });
    else post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  } finally {
    await content.end();
  }
}

async function* receive(
  input: Mailbox<Uint8Array<ArrayBuffer> | undefined>,
  port: MessagePort,
): AsyncGenerator<Uint8Array> {
  const want = (...rooms: ArrayBuffer[]): void =>
    port.postMessage({ kind: 'want', room: rooms[0] } satisfies FromJob, rooms);
  for (let count = 0; count < PIECES_AHEAD; count++) want();
  for (;;) {
    const bytes = await input.take();
    if (bytes === undefined) return;
    yield bytes;
    want(bytes.buffer);
  }
}
