export type ConfigPath = readonly (string | number)[];

/** Something in the configuration that stops the start. Its message never contains a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A fault at one place of the configuration, before file and line are known. `reason` must not repeat secrets. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly path: ConfigPath;
  readonly reason: string;

  constructor(path: ConfigPath, reason: string) {
    super(reason);
    this.path = path;
    this.reason = reason;
  }
}

export const printPath = (path: ConfigPath): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
