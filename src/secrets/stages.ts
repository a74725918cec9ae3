import type { SecretVersion } from './secret.ts';

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
const PENDING = 'AWSPENDING';

/**
 * Puts labels at one version and takes them from all others; which version loses the current label gets the previous one, and
 * is pending no longer.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export function withStages(
  versions: readonly SecretVersion[],
  id: string,
  stages: readonly string[],
): readonly SecretVersion[] {
  const replaced = stages.includes(CURRENT) ? holderOf(versions, CURRENT) : undefined;
  const moved = versions.map((version) => ({
    ...version,
    stages:
      version.id === id
        ? [...new Set([...version.stages, ...stages])]
        : version.stages.filter((stage) => !stages.includes(stage)),
  }));
  if (replaced === undefined || replaced.id === id) return moved;
  return moved.map((version) => {
    const others = version.stages.filter((stage) => stage !== PREVIOUS);
    if (version.id !== replaced.id) return { ...version, stages: others };
    return { ...version, stages: [...others.filter((stage) => stage !== PENDING), PREVIOUS] };
  });
}

/** Takes a label from the version that has it. */
export function withoutStage(versions: readonly SecretVersion[], stage: string): readonly SecretVersion[] {
  return versions.map((version) => ({
    ...version,
    stages: version.stages.filter((each) => each !== stage),
  }));
}

export function holderOf(versions: readonly SecretVersion[], stage: string): SecretVersion | undefined {
  return versions.find(({ stages }) => stages.includes(stage));
}
