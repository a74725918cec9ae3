import type { Facts } from '../machine/facts.ts';
import type { FileLocation } from '../upload.ts';

export interface CustomCall {
  readonly token: string;
  readonly executionId: string;
  readonly facts: Facts;
  readonly source: FileLocation;
}

/**
 * What a custom step's function is given, as JSON text.
 * https://docs.aws.amazon.com/transfer/latest/userguide/custom-step-details.html
 */
export function customEvent({ token, executionId, facts, source }: CustomCall): string {
  const { sessionId, userName, serverId } = facts.upload;
  return JSON.stringify({
    token,
    serviceMetadata: {
      executionDetails: { workflowId: facts.workflowId, executionId },
      transferDetails: { sessionId, userName, serverId },
    },
    fileLocation: fileLocation(source),
  });
}

function fileLocation(source: FileLocation): object {
  if (source.kind === 'file-system') {
    return { domain: 'EFS', fileSystemId: source.fileSystemId, path: source.path };
  }
  const { bucket, key, etag, versionId = null } = source;
  return { domain: 'S3', bucket, key, eTag: etag, versionId };
}
