import type { CustomStepStatus, ExecutionErrorType, WorkflowStepType } from '../model/types.gen.ts';
import type { FileLocation, Upload } from '../upload.ts';
import type { Facts } from './facts.ts';

/**
 * The history is the vendor's log of a workflow; `at` and `own` are kept beside what the vendor's log has.
 * https://docs.aws.amazon.com/transfer/latest/userguide/cw-example-logs.html
 */
export type Event = LogEvent & { readonly at: number };

export type LogEvent = Origin &
  (
    | {
        readonly type: 'ExecutionStarted';
        readonly details: { readonly input: { readonly initialFileLocation: LoggedLocation } };
        readonly own: { readonly facts: Facts };
      }
    | {
        readonly type: 'ExecutionThrottled';
        readonly details: NoDetails;
        readonly own: { readonly facts: Facts };
      }
    | {
        readonly type: 'StepStarted';
        readonly details: LoggedStep & { readonly input: { readonly fileLocation: LoggedLocation } };
      }
    | {
        readonly type: 'StepCompleted';
        readonly details: LoggedStep & { readonly output: object };
        readonly own: {
          readonly location?: FileLocation | undefined;
          readonly bytes?: number | undefined;
          readonly answer?: CustomStepStatus | undefined;
        };
      }
    | {
        readonly type: 'StepErrored';
        readonly details: LoggedStep & {
          readonly errorType: ExecutionErrorType;
          readonly errorMessage: string;
        };
        readonly own: { readonly answer?: CustomStepStatus | undefined };
      }
    | { readonly type: 'ExecutionCompleted'; readonly details: NoDetails }
    | { readonly type: 'ExecutionErrored'; readonly details: NoDetails }
  );

type NoDetails = Readonly<Record<string, never>>;

/** What the history does not show. */
export type Note =
  | { readonly type: 'begun'; readonly at: number }
  | { readonly type: 'called' }
  | { readonly type: 'progressed'; readonly done: number; readonly total: number };

export type MachineEvent = Event | Note;

/** What every entry of the log says of where it belongs. */
export interface Origin {
  readonly workflowId: string;
  readonly executionId: string;
  readonly transferDetails: {
    readonly serverId: string;
    readonly username: string;
    readonly sessionId: string;
  };
}

export interface LoggedStep {
  readonly stepType: WorkflowStepType;
  readonly stepName?: string | undefined;
}

export type LoggedLocation =
  | {
      readonly backingStore: 'S3';
      readonly bucket: string;
      readonly key: string;
      readonly versionId?: string | undefined;
      readonly etag: string;
    }
  | { readonly backingStore: 'EFS'; readonly fileSystemId: string; readonly path: string };

export function loggedLocation(file: FileLocation): LoggedLocation {
  if (file.kind === 'file-system') {
    return { backingStore: 'EFS', fileSystemId: file.fileSystemId, path: file.path };
  }
  const { bucket, key, versionId, etag } = file;
  return { backingStore: 'S3', bucket, key, ...(versionId !== undefined && { versionId }), etag };
}

export function originOf({ workflowId, upload }: Facts, executionId: string): Origin {
  const { serverId, userName: username, sessionId }: Upload = upload;
  return { workflowId, executionId, transferDetails: { serverId, username, sessionId } };
}
