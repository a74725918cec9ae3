import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { readJson } from '../json-text.ts';
import type { Input } from '../model/parameters.ts';
import { reportTask } from '../report-task.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ReportTaskSucceeded */
export async function reportTaskSucceeded(
  cloudflow: Cloudflow,
  input: Input<'ReportTaskSucceeded'>,
  call: Call,
) {
  const output = readJson('Output', input.Output, cloudflow.limits.outputBytes);
  return reportTask(cloudflow, call, { token: input.TaskToken, outcome: { ok: true, output } });
}
