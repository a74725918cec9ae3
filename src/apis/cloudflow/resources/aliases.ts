import type { Cloudflow } from '../cloudflow.ts';
import { fault, invalidArgument } from '../faults.ts';
import { API, scopeOf } from '../names.ts';
import { type FlowHome, findVersion } from './versions.ts';

export interface Route {
  readonly Version: string;
  readonly Weight: number;
}

/** A name for one version of a flow, or for two by weight. */
export interface Alias {
  readonly name: string;
  readonly description: string;
  readonly routes: readonly Route[];
  readonly createdAt: number;
}

const aliasesOf = ({ world, flow }: FlowHome): string => `${API}/aliases/${scopeOf(world, flow)}`;

export function lookUpAlias({ kernel }: Cloudflow, home: FlowHome, name: string): Alias | undefined {
  return kernel.records.get<Alias>(aliasesOf(home), name)?.document;
}

/** Throws FlowAliasNotExists. */
export function findAlias(cloudflow: Cloudflow, home: FlowHome, name: string): Alias {
  const found = lookUpAlias(cloudflow, home, name);
  if (found !== undefined) return found;
  throw fault('FlowAliasNotExists', `Alias '${name}' of flow '${home.flow.name}' does not exist.`);
}

/** Adds an alias or puts one over what was there. Throws FlowVersionNotExists and InvalidArgument. */
export function putAlias(cloudflow: Cloudflow, home: FlowHome, alias: Alias): void {
  checkRoutes(cloudflow, home, alias.routes);
  const { records } = cloudflow.kernel;
  const version = records.get(aliasesOf(home), alias.name)?.version ?? 0;
  records.put(aliasesOf(home), { id: alias.name, version, document: alias });
}

/** By name. */
export function listAliases({ kernel }: Cloudflow, home: FlowHome): Alias[] {
  return kernel.records.list<Alias>(aliasesOf(home)).map(({ document }) => document);
}

export function removeAlias({ kernel }: Cloudflow, home: FlowHome, { name }: Alias): void {
  kernel.records.remove(aliasesOf(home), name, kernel.records.get(aliasesOf(home), name)?.version ?? 0);
}

function checkRoutes(cloudflow: Cloudflow, home: FlowHome, routes: readonly Route[]): void {
  for (const { Version: number } of routes) {
    if (!/^[1-9]\d{0,15}$/.test(number))
      throw invalidRouting(`names '${number}', which is no version number`);
    findVersion(cloudflow, home, number);
  }
  if (new Set(routes.map(({ Version: number }) => number)).size < routes.length) {
    throw invalidRouting('names one version twice');
  }
  if (routes.every(({ Weight: weight }) => weight === 0)) throw invalidRouting('must have a weight above 0');
}

const invalidRouting = (rule: string) => invalidArgument('RoutingConfigurations', rule);

/** The version that a number of 0 to below 1 chooses: each has a part of that range as large as its weight. */
export function chooseVersion(routes: readonly Route[], random: number): string {
  const total = routes.reduce((sum, { Weight: weight }) => sum + weight, 0);
  let left = random * total;
  for (const { Version: version, Weight: weight } of routes) {
    left -= weight;
    if (left < 0) return version;
  }
  throw new RangeError('The weights of an alias add up to nothing.');
}
