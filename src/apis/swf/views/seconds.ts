/** Times on the wire are epoch seconds with a fraction of milliseconds. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
