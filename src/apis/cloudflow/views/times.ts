/** Epoch milliseconds as the vendor writes times: UTC with milliseconds. */
export const timeText = (time: number): string => new Date(time).toISOString();
