import { type Execution, stateOf } from '../execution.ts';
import { type EndedStep, factsOf, type State, type StepList } from '../machine/state.ts';
import type {
  DescribedExecution,
  ExecutionResults,
  ExecutionStepResult,
  ListedExecution,
  FileLocation as WireLocation,
} from '../model/types.gen.ts';
import type { FileLocation, Upload } from '../upload.ts';

/** An execution as ListExecutions shows it. */
export function listedExecution(execution: Pick<Execution, 'identity' | 'state'>): ListedExecution {
  const state = stateOf(execution);
  const { upload } = factsOf(state);
  return {
    ExecutionId: execution.identity.name,
    InitialFileLocation: wireLocation(upload.file),
    ServiceMetadata: { UserDetails: userDetails(upload) },
    Status: state.status,
  };
}

/** An execution as DescribeExecution shows it. */
export function describedExecution(execution: Pick<Execution, 'identity' | 'state'>): DescribedExecution {
  const state = stateOf(execution);
  const { role, loggingRole, logGroup, upload } = factsOf(state);
  const { Status, ...listed } = listedExecution(execution);
  return {
    ...listed,
    ExecutionRole: role,
    LoggingConfiguration: {
      ...(loggingRole !== undefined && { LoggingRole: loggingRole }),
      LogGroupName: logGroup,
    },
    ...(upload.posixProfile !== undefined && { PosixProfile: upload.posixProfile }),
    ...(Status !== undefined && { Status }),
    Results: results(state),
  };
}

function userDetails({ userName, serverId, sessionId }: Upload) {
  return { UserName: userName, ServerId: serverId, SessionId: sessionId };
}

function wireLocation(file: FileLocation): WireLocation {
  if (file.kind === 'file-system')
    return { EfsFileLocation: { FileSystemId: file.fileSystemId, Path: file.path } };
  const { bucket: Bucket, key: Key, versionId, etag: Etag } = file;
  return { S3FileLocation: { Bucket, Key, ...(versionId !== undefined && { VersionId: versionId }), Etag } };
}

/** A list that has no entry yet is left out: the model has none that are empty. */
function results({ ended }: State): ExecutionResults {
  const of = (list: StepList): readonly ExecutionStepResult[] =>
    ended.filter((step) => step.list === list).map(result);
  const [Steps, OnExceptionSteps] = [of('Steps'), of('OnExceptionSteps')];
  return {
    ...(Steps.length > 0 && { Steps }),
    ...(OnExceptionSteps.length > 0 && { OnExceptionSteps }),
  };
}

function result({ type, outputs, error }: EndedStep): ExecutionStepResult {
  return {
    StepType: type,
    ...(outputs !== undefined && { Outputs: outputs }),
    ...(error !== undefined && { Error: { Type: error.type, Message: error.message } }),
  };
}
