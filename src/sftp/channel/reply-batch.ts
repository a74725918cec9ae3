/** An SSH packet of data is at most so long. */
const SSH_DATA = 32 * 1024;

/** Puts small pieces together, since each that is written becomes an SSH packet of its own. */
export function joinSmall(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  if (pieces.length < 2) return pieces;
  const joined: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  let size = 0;
  const flush = (): void => {
    if (small.length > 0) joined.push(small.length === 1 ? (small[0] as Uint8Array) : Buffer.concat(small));
    small = [];
    size = 0;
  };
  for (const piece of pieces) {
    if (size + piece.length > SSH_DATA) flush();
    small.push(piece);
    size += piece.length;
  }
  flush();
  return joined;
}
