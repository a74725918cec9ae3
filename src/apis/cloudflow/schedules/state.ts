/** What a client says of a schedule. */
export interface ScheduleSettings {
  readonly name: string;
  readonly cron: string;
  /** JSON text of an object as it was sent; empty where there is none. */
  readonly payload: string;
  readonly isEnabled: boolean;
  readonly description: string;
}

/** Plain JSON; times are epoch milliseconds. */
export interface ScheduleState {
  readonly scheduleId: string;
  readonly settings: ScheduleSettings;
  readonly createdAt: number;
  /** From here intervals are counted. */
  readonly modifiedAt: number;
  /** The next due time; null when there is none or the schedule is off. */
  readonly next: number | null;
  /** The due time whose execution is being started. */
  readonly starting: number | null;
  readonly firings: number;
  readonly closed: { readonly at: number; readonly why: 'removed' | 'continued' } | null;
}
