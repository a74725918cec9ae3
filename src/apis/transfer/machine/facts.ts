import type { WorkflowStep } from '../model/types.gen.ts';
import type { Upload } from '../upload.ts';

/** What an execution is about; it does not change any more, whatever becomes of the workflow and the server. */
export interface Facts {
  readonly workflowId: string;
  readonly steps: readonly WorkflowStep[];
  readonly handlers: readonly WorkflowStep[];
  /** ARN of the execution role. */
  readonly role: string;
  readonly loggingRole?: string | undefined;
  readonly logGroup: string;
  readonly upload: Upload;
  /** For how long it is kept once it has ended; absent means for good. */
  readonly keptMs?: number | undefined;
}
