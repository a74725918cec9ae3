import { runCommandLine } from './command-line.ts';
import * as serve from './commands/serve.ts';
import * as version from './commands/version.ts';

process.exitCode = await runCommandLine([serve, version], process.argv.slice(2), process);
