import type { Identity } from '../../kernel/machine.ts';
import { NotAllowed } from '../../wire/errors.ts';
import type { Permission } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';
import type { CloudflowLink } from './cloudflow-link.ts';
import { stateOf } from './executions.ts';
import type { MayDo } from './steps/under-role.ts';

/** What the role of its flow lets the tasks of an execution do. */
export interface TaskRole {
  /** Empty where the flow has none. */
  readonly arn: string;
  readonly isRestricted: boolean;
  readonly allows: (permission: Permission) => boolean;
}

export function roleOfTask({ kernel, clock, roles }: Cloudflow, { id }: Identity): TaskRole {
  const open = kernel.findOpenById(id);
  // Nobody waits any more for what is done for an execution that has ended.
  if (open === undefined) return { arn: '', isRestricted: true, allows: () => false };
  const arn = stateOf(open).flow.roleArn;
  const decide = roles(arn);
  if (decide === undefined) return { arn, isRestricted: false, allows: () => true };
  const time = new Date(clock.now()).toISOString();
  const ambient = { 'acs:CurrentTime': time, 'acs:SecureTransport': 'false', 'aws:CurrentTime': time };
  const allows = (asked: Permission): boolean =>
    decide({ ...asked, context: { ...ambient, ...asked.context } });
  return { arn, isRestricted: true, allows };
}

/** Throws the error of a caller who may not do what it asks for. */
export function mustAllow({ arn, allows }: TaskRole, permission: Permission): void {
  if (!allows(permission)) throw new NotAllowed(arn, permission.action, permission.resource);
}

/** The same for work that this API has no operation for. */
export function tasksMayDo(link: CloudflowLink): MayDo {
  return async (execution, permission) => roleOfTask(await link.opened, execution).allows(permission);
}
