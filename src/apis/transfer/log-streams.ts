import type { LogStream } from '../../logs/log-groups.ts';
import type { Upload } from './upload.ts';

const SUFFIX_DIGITS = 16;

/** The log group that every server has. */
export const logGroupOf = (serverId: string): string => `/aws/transfer/${serverId}`;

/** One stream for each execution of a workflow: `<user>.<workflow-id>.<16 hexadecimal digits>`. */
export function executionStream(
  executionId: string,
  { workflowId, upload }: { readonly workflowId: string; readonly upload: Upload },
): LogStream {
  const digits = executionId.replaceAll('-', '').slice(0, SUFFIX_DIGITS);
  return { group: logGroupOf(upload.serverId), stream: `${upload.userName}.${workflowId}.${digits}` };
}

/** The stream of a session's own activity. */
export function sessionStream({ serverId, userName, sessionId }: Upload): LogStream {
  return { group: logGroupOf(serverId), stream: `${userName}.${sessionId}` };
}
