import type { Text } from '../values.ts';

export interface MarkerEvents {
  MarkerRecorded: {
    readonly markerName: string;
    readonly details?: Text;
    readonly decisionTaskCompletedEventId: number;
  };
  RecordMarkerFailed: {
    readonly markerName: string;
    readonly cause: string;
    readonly decisionTaskCompletedEventId: number;
  };
}
