/** One subcommand; each file under `commands/` exports these four (and `parameters` where it takes any). */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Required positional arguments, by name. */
  readonly parameters?: readonly Parameter[];
  /** Gives the exit code: 0 when all is well. What it throws is printed, with exit code 1. */
  readonly run: (invocation: Invocation) => number | Promise<number>;
}

export interface Option {
  /** As on the command line, for example `--listen <HOST:PORT>` or `--json`. */
  readonly flags: string;
  readonly meaning: string;
  /** Environment variable that says the same. */
  readonly variable?: string;
}

export interface Parameter {
  readonly name: string;
  readonly meaning: string;
}

/** One call of a command. Data goes to `stdout`, talk to `stderr`. */
export interface Invocation {
  /** By their names in camel case; absent ones are undefined. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly parameters: readonly string[];
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface Output {
  write(text: string): unknown;
  /** Whether a person looks at it; absent means no. */
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
}

/** The command was called wrongly: exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

export const JSON_OPTION: Option = { flags: '--json', meaning: 'print JSON' };
