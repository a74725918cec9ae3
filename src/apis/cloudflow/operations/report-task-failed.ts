import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { reportTask } from '../report-task.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ReportTaskFailed */
export async function reportTaskFailed(cloudflow: Cloudflow, input: Input<'ReportTaskFailed'>, call: Call) {
  const { TaskToken: token, Error: error, Cause: cause = '' } = input;
  return reportTask(cloudflow, call, { token, outcome: { ok: false, error, cause } });
}
