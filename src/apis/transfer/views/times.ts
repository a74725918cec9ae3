/** As the wire has times. */
export const epochSeconds = (milliseconds: number): number => milliseconds / 1000;

/** As Orrery's own API writes times: ISO 8601. */
export const timeText = (time: number): string => new Date(time).toISOString();
