import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { endOfDeletedFlow } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { API, scopeOf } from '../names.ts';
import { listAliases, removeAlias } from '../resources/aliases.ts';
import { findFlow, removeFlow } from '../resources/flows.ts';
import { listSchedules, removeSchedule } from '../resources/schedules.ts';
import { listVersions, removeVersion } from '../resources/versions.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DeleteFlow */
export function deleteFlow(cloudflow: Cloudflow, input: Input<'DeleteFlow'>, call: Call): void {
  const flow = findFlow(cloudflow, call, input.Name);
  const home = { world: call, flow };
  const { kernel } = cloudflow;
  for (const { settings } of listSchedules(cloudflow, home)) removeSchedule(cloudflow, home, settings.name);
  const open = [...kernel.openIn(API, scopeOf(call, flow))];
  // One that ends with another, as a child may with its parent, is open no more.
  for (const { identity } of open) {
    if (kernel.findOpenById(identity.id) !== undefined) kernel.apply(identity, endOfDeletedFlow());
  }
  for (const alias of listAliases(cloudflow, home)) removeAlias(cloudflow, home, alias);
  for (const version of listVersions(cloudflow, home)) removeVersion(cloudflow, home, version);
  removeFlow(cloudflow, call, flow);
}
