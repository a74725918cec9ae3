import { shownEnvironment } from '../inferred.ts';
import type { Flow } from '../resources/flows.ts';
import type { RunnableFlow } from '../resources/qualifiers.ts';
import { timeText } from './times.ts';

/** A flow as the vendor answers; `run` shows what a version of it was. */
export function flowView(
  flow: Flow,
  run: Pick<RunnableFlow, 'definition' | 'roleArn' | 'environment'> = flow,
) {
  return {
    Id: flow.id,
    Name: flow.name,
    Description: flow.description,
    Type: flow.type,
    Definition: run.definition,
    RoleArn: run.roleArn,
    ExecutionMode: flow.mode,
    CreatedTime: timeText(flow.createdAt),
    LastModifiedTime: timeText(flow.modifiedAt),
    ...shownEnvironment(run.environment),
    ResourceGroupId: flow.resourceGroupId,
  };
}
