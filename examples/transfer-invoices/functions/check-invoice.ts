import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SendWorkflowStepStateCommand } from '@aws-sdk/client-transfer';
import { bucketFolder, transfer } from '../client.ts';

interface Event {
  readonly token: string;
  readonly serviceMetadata: {
    readonly executionDetails: { readonly workflowId: string; readonly executionId: string };
  };
  readonly fileLocation: { readonly bucket: string; readonly key: string };
}

/** Passes invoices of at most 1,000 euros; the step waits for this word, not for the function's end. */
export async function handler({ token, serviceMetadata, fileLocation }: Event): Promise<void> {
  const { workflowId, executionId } = serviceMetadata.executionDetails;
  const file = join(bucketFolder(fileLocation.bucket), fileLocation.key);
  const { amount } = JSON.parse(await readFile(file, 'utf8')) as { readonly amount: number };
  await transfer.send(
    new SendWorkflowStepStateCommand({
      WorkflowId: workflowId,
      ExecutionId: executionId,
      Token: token,
      Status: amount <= 1000 ? 'SUCCESS' : 'FAILURE',
    }),
  );
}
