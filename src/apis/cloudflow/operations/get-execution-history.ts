import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { findExecution } from '../executions.ts';
import type { Input } from '../model/parameters.ts';
import { DEFAULT_PAGE } from '../pages.ts';
import { eventView } from '../views/event.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/GetExecutionHistory */
export async function getExecutionHistory(
  cloudflow: Cloudflow,
  input: Input<'GetExecutionHistory'>,
  call: Call,
) {
  const { identity, eventCount } = await findExecution(cloudflow, call, input);
  const { NextToken: token = '1', Limit: size = DEFAULT_PAGE } = input;
  const from = Number(token);
  const to = Math.min(eventCount, from + size - 1);
  const texts = await cloudflow.kernel.history(identity.id, from, to);
  return {
    Events: texts.map((text, index) => eventView(from + index, text)),
    ...(to < eventCount && { NextToken: String(to + 1) }),
  };
}
