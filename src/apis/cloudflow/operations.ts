import type { Call } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import type { Input, OperationName } from './model/parameters.ts';
import { createFlow } from './operations/create-flow.ts';
import { createFlowAlias } from './operations/create-flow-alias.ts';
import { createSchedule } from './operations/create-schedule.ts';
import { deleteFlow } from './operations/delete-flow.ts';
import { deleteFlowAlias } from './operations/delete-flow-alias.ts';
import { deleteFlowVersion } from './operations/delete-flow-version.ts';
import { deleteSchedule } from './operations/delete-schedule.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeFlow } from './operations/describe-flow.ts';
import { describeFlowAlias } from './operations/describe-flow-alias.ts';
import { describeMapRun } from './operations/describe-map-run.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { describeSchedule } from './operations/describe-schedule.ts';
import { getExecutionHistory } from './operations/get-execution-history.ts';
import { listExecutions } from './operations/list-executions.ts';
import { listFlowAliases } from './operations/list-flow-aliases.ts';
import { listFlowVersions } from './operations/list-flow-versions.ts';
import { listFlows } from './operations/list-flows.ts';
import { listSchedules } from './operations/list-schedules.ts';
import { publishFlowVersion } from './operations/publish-flow-version.ts';
import { reportTaskFailed } from './operations/report-task-failed.ts';
import { reportTaskSucceeded } from './operations/report-task-succeeded.ts';
import { startExecution } from './operations/start-execution.ts';
import { startSyncExecution } from './operations/start-sync-execution.ts';
import { stopExecution } from './operations/stop-execution.ts';
import { updateFlow } from './operations/update-flow.ts';
import { updateFlowAlias } from './operations/update-flow-alias.ts';
import { updateMapRun } from './operations/update-map-run.ts';
import { updateSchedule } from './operations/update-schedule.ts';

type Operations = {
  readonly [Name in OperationName]: (cloudflow: Cloudflow, input: Input<Name>, call: Call) => unknown;
};

/** Every operation of the vendor under its name: each in the file named after it. */
export const operations: Operations = {
  CreateFlowAlias: createFlowAlias,
  CreateFlow: createFlow,
  CreateSchedule: createSchedule,
  DeleteFlowAlias: deleteFlowAlias,
  DeleteFlowVersion: deleteFlowVersion,
  DeleteFlow: deleteFlow,
  DeleteSchedule: deleteSchedule,
  DescribeExecution: describeExecution,
  DescribeFlowAlias: describeFlowAlias,
  DescribeFlow: describeFlow,
  DescribeMapRun: describeMapRun,
  DescribeRegions: describeRegions,
  DescribeSchedule: describeSchedule,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListFlowAliases: listFlowAliases,
  ListFlowVersions: listFlowVersions,
  ListFlows: listFlows,
  ListSchedules: listSchedules,
  PublishFlowVersion: publishFlowVersion,
  ReportTaskFailed: reportTaskFailed,
  ReportTaskSucceeded: reportTaskSucceeded,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  UpdateFlowAlias: updateFlowAlias,
  UpdateFlow: updateFlow,
  UpdateMapRun: updateMapRun,
  UpdateSchedule: updateSchedule,
};
