/** As the wire has times. */
export const epochSeconds = (milliseconds: number): number => milliseconds / 1000;
