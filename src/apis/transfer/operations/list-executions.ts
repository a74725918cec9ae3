import type { Call } from '../../api.ts';
import { type Execution, scopeOf } from '../execution.ts';
import type { ListExecutionsRequest, ListExecutionsResponse } from '../model/types.gen.ts';
import { API } from '../names.ts';
import { pageOf, queryOf } from '../pages.ts';
import { creationKey } from '../resources/records.ts';
import { findWorkflow } from '../resources/workflows.ts';
import type { Transfer } from '../transfer.ts';
import { listedExecution } from '../views/execution.ts';

/**
 * Those that have not ended.
 * https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListExecutions.html
 */
export function listExecutions(
  transfer: Transfer,
  input: ListExecutionsRequest,
  call: Call,
): ListExecutionsResponse {
  const { WorkflowId } = input;
  findWorkflow(transfer, call, WorkflowId);
  const running: Execution[] = [...transfer.kernel.openIn(API, scopeOf(call, WorkflowId))];
  const list = { items: running.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)), keyOf: placeOf };
  const query = queryOf('ListExecutions', input, call);
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { ...next, WorkflowId, Executions: items.map(listedExecution) };
}

const placeOf = ({ identity }: Execution): string => creationKey(identity.startedAt, identity.id);
