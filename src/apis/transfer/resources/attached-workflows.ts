import type { Server } from './documents.ts';

/** Ids of the workflows that a server's uploads start. */
export function attachedWorkflows({ WorkflowDetails }: Pick<Server, 'WorkflowDetails'>): readonly string[] {
  const { OnUpload = [], OnPartialUpload = [] } = WorkflowDetails ?? {};
  return [...OnUpload, ...OnPartialUpload].map(({ WorkflowId: id }) => id);
}
