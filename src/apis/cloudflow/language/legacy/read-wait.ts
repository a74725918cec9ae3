import type { DefinitionLimits } from '../definition-limits.ts';
import type { Fields } from '../fields.ts';
import type { LegacyWait } from '../plan.ts';
import { timestampMs } from '../timestamp.ts';
import { isInputPath, readInputPath } from './read-input-path.ts';

export function readWait(fields: Fields, limits: DefinitionLimits): LegacyWait {
  return fields.oneOf('duration', 'timestamp') === 'duration'
    ? { duration: readDuration(fields, limits) }
    : { timestamp: readTimestamp(fields) };
}

function readDuration(fields: Fields, { stepWaitSeconds }: DefinitionLimits) {
  const node = fields.required('duration');
  return node.kind === 'scalar' && typeof node.value === 'string'
    ? readInputPath(fields, 'duration')
    : fields.number('duration', { most: stepWaitSeconds, isInteger: false });
}

function readTimestamp(fields: Fields) {
  const text = fields.text('timestamp');
  if (isInputPath(text)) return readInputPath(fields, 'timestamp');
  if (timestampMs(text) !== undefined) return text;
  return fields.refuse(
    'timestamp must be a time such as 2026-01-31T09:00:00Z or a path such as $.time',
    'timestamp',
  );
}
