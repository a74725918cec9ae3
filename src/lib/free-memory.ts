/** What `Buffer.allocUnsafe` gives is at most half of the memory that it shares with others. */
const PART_OF_ITS_OWN = 2;

/**
 * Frees memory that nobody reads any more, which V8 would do some megabytes later: until then each byte that comes meets memory
 * that is in no cache. Does nothing where others may share the memory.
 */
export function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength * PART_OF_ITS_OWN > buffer.byteLength) buffer.transfer(0);
}
