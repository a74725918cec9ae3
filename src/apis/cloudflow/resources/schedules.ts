import { NoSuchExecution } from '../../../kernel/errors.ts';
import { newUuid } from '../../../kernel/ids.ts';
import { nextTime, readSchedule } from '../../../schedule/schedule.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { fault, invalidArgument } from '../faults.ts';
import { wrongMode } from '../inferred.ts';
import { checkInput } from '../json-text.ts';
import { SCHEDULE_API, scopeOf } from '../names.ts';
import { type ScheduleCommand, scheduleStateOf } from '../schedules/machine.ts';
import type { ScheduleSettings, ScheduleState } from '../schedules/state.ts';
import type { FlowHome } from './versions.ts';

const targetOf = ({ world, flow }: FlowHome, name: string) => ({
  api: SCHEDULE_API,
  scope: scopeOf(world, flow),
  name,
});

/** Throws ScheduleAlreadyExists, InvalidArgument, and ActionNotSupported for express flows. */
export function addSchedule(cloudflow: Cloudflow, home: FlowHome, settings: ScheduleSettings): ScheduleState {
  const { name } = settings;
  if (home.flow.mode !== 'Standard') throw wrongMode(home.flow.mode);
  check(cloudflow, settings);
  const target = targetOf(home, name);
  if (cloudflow.kernel.isOpen(target)) {
    throw fault('ScheduleAlreadyExists', `Schedule '${name}' for flow '${home.flow.name}' already exists.`);
  }
  const command: ScheduleCommand = { kind: 'create', scheduleId: newUuid(), settings };
  cloudflow.kernel.start(target, command);
  return findSchedule(cloudflow, home, name);
}

/** Throws ScheduleNotExists and InvalidArgument. */
export function changeSchedule(
  cloudflow: Cloudflow,
  home: FlowHome,
  changes: Partial<ScheduleSettings> & Pick<ScheduleSettings, 'name'>,
): ScheduleState {
  const settings = { ...findSchedule(cloudflow, home, changes.name).settings, ...changes };
  check(cloudflow, settings);
  const command: ScheduleCommand = { kind: 'change', settings };
  cloudflow.kernel.apply(targetOf(home, changes.name), command);
  return findSchedule(cloudflow, home, changes.name);
}

/** Throws ScheduleNotExists. */
export function findSchedule({ kernel }: Cloudflow, home: FlowHome, name: string): ScheduleState {
  try {
    return scheduleStateOf(kernel.findOpen(targetOf(home, name)));
  } catch (error) {
    if (!(error instanceof NoSuchExecution)) throw error;
    throw fault('ScheduleNotExists', `Schedule '${name}' for flow '${home.flow.name}' does not exist.`);
  }
}

/** Throws ScheduleNotExists. */
export function removeSchedule(cloudflow: Cloudflow, home: FlowHome, name: string): void {
  findSchedule(cloudflow, home, name);
  const command: ScheduleCommand = { kind: 'remove' };
  cloudflow.kernel.apply(targetOf(home, name), command);
}

/** By name. */
export function listSchedules({ kernel }: Cloudflow, { world, flow }: FlowHome): ScheduleState[] {
  return [...kernel.openIn(SCHEDULE_API, scopeOf(world, flow))]
    .map(scheduleStateOf)
    .sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
}

function check(cloudflow: Cloudflow, { cron, payload }: ScheduleSettings): void {
  const now = cloudflow.clock.now();
  if (nextTime(readSchedule(cron), now, now) === undefined) {
    throw invalidArgument('CronExpression', 'is never due');
  }
  if (payload !== '') checkInput(cloudflow, 'Payload', payload);
}
