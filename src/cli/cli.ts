import { runCommandLine } from './command-line.ts';
import * as version from './commands/version.ts';

process.exitCode = await runCommandLine([version], process.argv.slice(2), process);
