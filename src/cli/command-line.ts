import { CommanderError, Option as CommanderOption, Command as Program } from 'commander';
import { type Command, type Invocation, Misuse, type Output } from './command.ts';

const FAILED = 1;
const MISUSED = 2;

interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Runs one of `commands` with the arguments after the program's name; gives the exit code, 2 for a wrong use. */
export async function runCommandLine(
  commands: readonly Command[],
  given: readonly string[],
  streams: Streams,
): Promise<number> {
  let code = 0;
  const program = describe(streams);
  for (const command of commands) {
    addCommand(program, command, async (invocation) => {
      code = await command.run({ ...invocation, ...streams });
    });
  }
  try {
    await program.parseAsync(given, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
    streams.stderr.write(`orrery: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Misuse ? MISUSED : FAILED;
  }
}

function describe({ stdout, stderr }: Streams): Program {
  return new Program('orrery')
    .description('A self-hosted, durable service for workflow executions.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('Run `orrery help` to see what there is.');
}

function addCommand(
  program: Program,
  { name, summary, options, parameters = [] }: Command,
  run: (invocation: Pick<Invocation, 'options' | 'parameters'>) => Promise<void>,
): void {
  const subcommand = program.command(name).description(summary).allowExcessArguments(false);
  for (const parameter of parameters) subcommand.argument(`<${parameter.name}>`, parameter.meaning);
  for (const { flags, meaning, variable } of options) {
    const option = new CommanderOption(flags, meaning);
    subcommand.addOption(variable === undefined ? option : option.env(variable));
  }
  subcommand.action(() => run({ options: subcommand.opts(), parameters: subcommand.args }));
}
