import { newUuid } from '../../kernel/ids.ts';
import { addressOf } from './execution.ts';
import { logGroupOf, sessionStream } from './log-streams.ts';
import type { Command } from './machine/commands.ts';
import type { Facts } from './machine/facts.ts';
import type { WorkflowDetail } from './model/types.gen.ts';
import type { Server, Workflow } from './resources/documents.ts';
import { lookUpWorkflow } from './resources/workflows.ts';
import type { Transfer } from './transfer.ts';
import type { Upload } from './upload.ts';

/**
 * Starts the workflow that a server has for such uploads, and gives the execution's UUID; undefined when it has none, or the
 * file is empty. Applied when it returns, and durable with the next `kernel.durable()`, which is to be awaited before the
 * upload is acknowledged. Throws `Unavailable`.
 * https://docs.aws.amazon.com/transfer/latest/userguide/transfer-workflows.html
 */
export function startUploadExecution(
  transfer: Transfer,
  server: Pick<Server, 'WorkflowDetails' | 'LoggingRole' | 'StructuredLogDestinations'>,
  upload: Upload,
): string | undefined {
  const details = server.WorkflowDetails;
  const [wanted] = (upload.isPartial ? details?.OnPartialUpload : details?.OnUpload) ?? [];
  if (wanted === undefined || upload.size === 0) return undefined;
  const workflow = lookUpWorkflow(transfer, upload.world, wanted.WorkflowId);
  if (workflow === undefined) {
    logFailure(transfer, upload, wanted);
    return undefined;
  }
  const facts = factsOf(transfer, { workflow, server, role: wanted.ExecutionRole, upload });
  return begin(transfer, facts);
}

interface Origin {
  readonly workflow: Workflow;
  readonly server: Pick<Server, 'LoggingRole' | 'StructuredLogDestinations'>;
  readonly role: string;
  readonly upload: Upload;
}

function factsOf({ limits }: Transfer, { workflow, server, role, upload }: Origin): Facts {
  const { LoggingRole: loggingRole } = server;
  const { keptMs } = limits;
  return {
    workflowId: workflow.id,
    steps: workflow.Steps,
    handlers: workflow.OnExceptionSteps,
    role,
    ...(loggingRole !== undefined && { loggingRole }),
    logGroup: shownLogGroup(server.StructuredLogDestinations, upload.serverId),
    upload,
    ...(keptMs !== undefined && { keptMs }),
  };
}

function begin({ kernel, workflowRuns }: Transfer, facts: Facts): string {
  const { workflowId, upload } = facts;
  const executionId = newUuid();
  const address = addressOf(upload.world, { workflowId, executionId });
  const isThrottled = !workflowRuns.mayStart(address.scope);
  const command: Command = { kind: 'start', facts, isThrottled };
  const { identity } = kernel.start(address, command);
  workflowRuns.log.follow(identity, facts);
  return executionId;
}

/** The group of the destination that the server has, else the one that every server has. */
function shownLogGroup(destinations: readonly string[] | undefined, serverId: string): string {
  const [, given] = /:log-group:([^:]+)/.exec(destinations?.[0] ?? '') ?? [];
  return given ?? logGroupOf(serverId);
}

function logFailure(
  { logs, clock }: Transfer,
  upload: Upload,
  { WorkflowId, ExecutionRole }: WorkflowDetail,
) {
  const { userName, sessionId } = upload;
  logs.write(sessionStream(upload), clock.now(), {
    'activity-type': 'ERROR',
    message: 'Service failure on starting workflow',
    'workflow-id': WorkflowId,
    role: ExecutionRole,
    user: userName,
    'session-id': sessionId,
  });
}
