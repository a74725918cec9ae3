/** How one configured function is called; the forms of `functions:` with absolute paths. */
export type FunctionConfig = UrlConfig | CommandConfig | ModuleConfig | LambdaConfig | ActivityConfig;

export interface UrlConfig {
  readonly kind: 'url';
  /** http or https. */
  readonly url: string;
}

export interface CommandConfig {
  readonly kind: 'command';
  /** Program and arguments; no shell is involved. */
  readonly command: readonly string[];
  /** Where it runs: the folder of the configuration file. */
  readonly folder: string;
}

export interface ModuleConfig {
  readonly kind: 'module';
  /** Path of a module that exports `handler(event, context)`. */
  readonly module: string;
}

export interface LambdaConfig {
  readonly kind: 'lambda';
  readonly lambda: {
    readonly endpoint: string;
    readonly functionName: string;
    readonly region: string | undefined;
    readonly accessKeyId: string | undefined;
    readonly secretAccessKey: string | undefined;
  };
}

export interface ActivityConfig {
  readonly kind: 'activity';
  readonly activity: {
    readonly domain: string;
    readonly taskList: string;
    /** Of the activity type; the function's own name unless given. */
    readonly type: string | undefined;
    readonly version: string;
    /** Those of the server unless given. */
    readonly account: string | undefined;
    readonly region: string | undefined;
    /** In seconds; undefined is no limit. */
    readonly scheduleToStartTimeout: number | undefined;
    readonly startToCloseTimeout: number | undefined;
    readonly scheduleToCloseTimeout: number | undefined;
    readonly heartbeatTimeout: number | undefined;
  };
}
