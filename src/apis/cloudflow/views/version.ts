import type { FlowVersion } from '../resources/versions.ts';
import { timeText } from './times.ts';

export function versionView({ number, description, createdAt }: FlowVersion) {
  return { Version: String(number), Description: description, CreatedTime: timeText(createdAt) };
}
