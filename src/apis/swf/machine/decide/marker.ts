import type { DecisionAttributes } from '../decisions.ts';
import { type Batch, fail } from './batch.ts';
import { record } from './record.ts';

export function recordMarker(
  batch: Batch,
  { markerName, details }: DecisionAttributes['RecordMarker'],
  denied: string | undefined,
): void {
  const decisionTaskCompletedEventId = batch.completedId;
  if (denied !== undefined) {
    fail(batch, 'RecordMarkerFailed', { markerName, cause: denied, decisionTaskCompletedEventId });
    return;
  }
  record(batch.turn, 'MarkerRecorded', { markerName, details, decisionTaskCompletedEventId });
}
