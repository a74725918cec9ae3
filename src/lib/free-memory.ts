/** What `Buffer.allocUnsafe` gives is less than half of the memory that it shares with others. */
const MOST_SHARED = 1 / 2;

/**
 * Frees memory that nobody reads any more: every view of it is empty afterwards. V8 would do so some megabytes later, and what
 * comes meanwhile would go to memory that no cache holds. Does nothing where others may share the memory.
 */
export function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength > buffer.byteLength * MOST_SHARED) buffer.transfer(0);
}
