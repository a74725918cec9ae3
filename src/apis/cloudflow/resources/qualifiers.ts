import { newSecret } from '../../../kernel/ids.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { chooseVersion, findAlias } from './aliases.ts';
import type { Flow } from './flows.ts';
import { type FlowHome, findVersion } from './versions.ts';

/** What is run of a flow: the flow as it is, or as a version of it was. */
export interface RunnableFlow extends Pick<Flow, 'definition' | 'language' | 'roleArn' | 'environment'> {
  /** Empty for the flow as it is. */
  readonly version: string;
}

/** Digits name a version, all else an alias. Throws FlowVersionNotExists and FlowAliasNotExists. */
export function qualified(cloudflow: Cloudflow, home: FlowHome, qualifier: string | undefined): RunnableFlow {
  if (qualifier === undefined) return { ...home.flow, version: '' };
  const version = /^\d{1,16}$/.test(qualifier)
    ? qualifier
    : chooseVersion(findAlias(cloudflow, home, qualifier).routes, randomFraction());
  return { ...findVersion(cloudflow, home, version), version };
}

/** 0 to below 1. */
function randomFraction(): number {
  return newSecret(6).readUIntBE(0, 6) / 2 ** 48;
}
