import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** To the thread. Each but `drop` is answered, in order: `bytes` by undefined, `digest` by the hash. */
export type ToHashThread =
  | { readonly stream: number; readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly stream: number; readonly kind: 'digest' | 'drop' };

const hashes = new Map<number, Hash>();

parentPort?.on('message', (message: ToHashThread) => {
  const { stream, kind } = message;
  const hash = hashes.get(stream) ?? createHash('md5');
  if (kind === 'bytes') {
    hashes.set(stream, hash.update(message.bytes));
    parentPort?.postMessage(undefined);
    return;
  }
  hashes.delete(stream);
  if (kind === 'digest') parentPort?.postMessage(hash.digest('hex'));
});
