import { invalidRequest } from '../faults.ts';
import { ORIGINAL_FILE, PREVIOUS_FILE } from '../machine/source.ts';
import { planOf, type StepPlan } from '../machine/step-plan.ts';
import type { InputFileLocation, WorkflowStep } from '../model/types.gen.ts';
import { unknownVariable } from './path-variables.ts';

const DETAILS = [
  'CopyStepDetails',
  'CustomStepDetails',
  'DeleteStepDetails',
  'TagStepDetails',
  'DecryptStepDetails',
] as const;

/** Checks what the model does not say of a list of steps. Throws InvalidRequestException. */
export function checkSteps(list: 'Steps' | 'OnExceptionSteps', steps: readonly WorkflowStep[]): void {
  steps.forEach((step, index) => {
    const refuse = (rule: string): never => {
      throw invalidRequest(`${list}[${index}]: ${rule}`);
    };
    const given = DETAILS.filter((name) => step[name] !== undefined);
    const plan = planOf(step);
    if (step.Type === undefined) refuse('Type is required');
    else if (given.length !== 1 || plan === undefined)
      refuse(`a step of type ${step.Type} has the details of that type and no others`);
    else checkPlan(plan, refuse);
  });
}

type Refuse = (rule: string) => never;

function checkPlan(plan: StepPlan, refuse: Refuse): void {
  checkSource(plan.details.SourceFileLocation, refuse);
  switch (plan.type) {
    case 'COPY':
    case 'DECRYPT':
      checkDestination(plan.details.DestinationFileLocation, refuse);
      break;
    case 'TAG': {
      const keys = new Set(plan.details.Tags?.map(({ Key: key }) => key));
      if (keys.size === 0) refuse('a TAG step needs Tags');
      if (keys.size < (plan.details.Tags?.length ?? 0)) refuse('the keys of Tags must differ');
      break;
    }
    case 'CUSTOM':
      if (!plan.details.Target) refuse('a CUSTOM step needs a Target');
      break;
    case 'DELETE':
      break;
    default:
      plan satisfies never;
  }
}

function checkSource(source: string | undefined, refuse: Refuse): void {
  if (source !== undefined && source !== PREVIOUS_FILE && source !== ORIGINAL_FILE)
    refuse(`SourceFileLocation must be ${PREVIOUS_FILE} or ${ORIGINAL_FILE}`);
}

/** Whether it is where the server's files are shows when the step runs. */
function checkDestination(destination: InputFileLocation | undefined, refuse: Refuse): void {
  const { S3FileLocation: object, EfsFileLocation: file } = destination ?? {};
  if ((object === undefined) === (file === undefined))
    refuse('DestinationFileLocation must be either an S3FileLocation or an EfsFileLocation');
  if (object !== undefined && object.Bucket === undefined) refuse('S3FileLocation needs a Bucket');
  if (file !== undefined && (!file.FileSystemId || file.Path === undefined))
    refuse('EfsFileLocation needs a FileSystemId and a Path');
  const variable = unknownVariable(object?.Key ?? file?.Path ?? '');
  if (variable !== undefined) refuse(`there is no variable ${variable}`);
}
