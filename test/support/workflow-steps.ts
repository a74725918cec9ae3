import type { WorkflowStep } from '../../src/apis/transfer/model/types.gen.ts';

type Source = 'previous' | 'original';

const from = (source?: Source) => (source === undefined ? {} : { SourceFileLocation: `\${${source}.file}` });

/** Copies to a key of bucket `out`, or to `bucket:key`. */
export function copy(
  key: string,
  name?: string,
  more: { readonly overwrite?: boolean; readonly source?: Source } = {},
): WorkflowStep {
  const [bucket, inBucket] = key.includes(':') ? (key.split(':') as [string, string]) : ['out', key];
  return {
    Type: 'COPY',
    CopyStepDetails: {
      ...(name !== undefined && { Name: name }),
      DestinationFileLocation: { S3FileLocation: { Bucket: bucket, Key: inBucket } },
      ...(more.overwrite !== undefined && { OverwriteExisting: more.overwrite ? 'TRUE' : 'FALSE' }),
      ...from(more.source),
    },
  };
}

export function copyFile(fileSystemId: string, path: string, overwrite = false): WorkflowStep {
  return {
    Type: 'COPY',
    CopyStepDetails: {
      DestinationFileLocation: { EfsFileLocation: { FileSystemId: fileSystemId, Path: path } },
      OverwriteExisting: overwrite ? 'TRUE' : 'FALSE',
    },
  };
}

export function decrypt(key: string, overwrite = false): WorkflowStep {
  return {
    Type: 'DECRYPT',
    DecryptStepDetails: {
      Type: 'PGP',
      DestinationFileLocation: { S3FileLocation: { Bucket: 'out', Key: key } },
      OverwriteExisting: overwrite ? 'TRUE' : 'FALSE',
    },
  };
}

export function decryptFile(fileSystemId: string, path: string): WorkflowStep {
  return {
    Type: 'DECRYPT',
    DecryptStepDetails: {
      Type: 'PGP',
      DestinationFileLocation: { EfsFileLocation: { FileSystemId: fileSystemId, Path: path } },
    },
  };
}

export function tag(tags: Readonly<Record<string, string>>, source?: Source): WorkflowStep {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { Type: 'TAG', TagStepDetails: { Tags, ...from(source) } };
}

export function remove(source?: Source): WorkflowStep {
  return { Type: 'DELETE', DeleteStepDetails: from(source) };
}

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:check';

export function custom(timeoutSeconds?: number, source?: Source): WorkflowStep {
  return {
    Type: 'CUSTOM',
    CustomStepDetails: {
      Target: FUNCTION,
      ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
      ...from(source),
    },
  };
}
