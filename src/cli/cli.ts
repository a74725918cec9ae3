import { runCommandLine } from './command-line.ts';
import * as executions from './commands/executions.ts';
import * as history from './commands/history.ts';
import * as serve from './commands/serve.ts';
import * as show from './commands/show.ts';
import * as version from './commands/version.ts';
import * as watch from './commands/watch.ts';

const commands = [serve, executions, show, history, watch, version];

// Whoever reads may have seen enough, as `head` has.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const given = process.argv.slice(2);
// What people try first.
if (given[0] === '--version') given[0] = version.name;
process.exitCode = await runCommandLine(commands, given, process);
// All has been written down; whoever does not answer, storage or a provider, would hold the process by its connection.
if (given[0] === serve.name) process.exit();
