import { parseArgs } from 'node:util';
import type { BenchOptions, Report } from './measure/report.ts';
import { asTable } from './measure/table.ts';
import { exitOnSignals } from './peers/exit-on-signals.ts';
import { startListener } from './peers/sftp-listener.ts';
import { startOrrerySftp } from './peers/sftp-orrery.ts';
import { againstRestate } from './scenarios/against-restate.ts';
import { flowCallbacks } from './scenarios/flow-callbacks.ts';
import { flowExecutions } from './scenarios/flow-executions.ts';
import { flowSteps } from './scenarios/flow-steps.ts';
import { idlePolls } from './scenarios/idle-polls.ts';
import { longHistory } from './scenarios/long-history.ts';
import { millionClosed } from './scenarios/million-closed.ts';
import { openpgpDecrypt } from './scenarios/openpgp-decrypt.ts';
import { sftpFiles } from './scenarios/sftp-files.ts';
import { sftpManyUploads } from './scenarios/sftp-many-uploads.ts';
import { sftpSessions } from './scenarios/sftp-sessions.ts';

const ofSwf = ['swf64', 'swf1', 'million-closed', 'idle-polls', 'long-history'];
const ofFlows = ['flow-executions', 'flow-steps', 'flow-callbacks'];
const ofFiles = ['openpgp-decrypt', 'sftp-many-uploads', 'sftp-files', 'sftp-sessions'];
const scenarios = [...ofSwf, ...ofFlows, ...ofFiles];

const usage = `Usage: node bench/run.ts [options]

  --rounds N      rounds of each comparison (3)
  --seconds N     length of each measured window (10)
  --only A,B      of: ${scenarios.join(', ')} (all)
  --closed N      closed executions in the store of million-closed (1000000)
  --sftp WHAT     the whole server, or the listener alone over a directory: server, listener (server)
  --megabytes N   size of the large file of sftp-files (1024)
  --gibibytes N   length of the long message of openpgp-decrypt (3)
  --uploads N     files of sftp-many-uploads (50000)
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: scenarios.join(',') },
    closed: { type: 'string', default: '1000000' },
    sftp: { type: 'string', default: 'server' },
    megabytes: { type: 'string', default: '1024' },
    gibibytes: { type: 'string', default: '3' },
    uploads: { type: 'string', default: '50000' },
    help: { type: 'boolean', default: false },
  },
});

async function runBench(): Promise<void> {
  const options: BenchOptions = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    say: (text) => void process.stderr.write(`${text}\n`),
  };
  const reports = await runScenarios(new Set(values.only.split(',')), options);
  process.stdout.write(`${asTable(reports.flatMap((report) => report.rows))}\n`);
  const problems = reports.flatMap((report) => report.problems);
  process.stdout.write(problems.length === 0 ? 'no problems\n' : `${problems.join('\n')}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function runScenarios(only: ReadonlySet<string>, options: BenchOptions): Promise<Report[]> {
  const reports: Report[] = [];
  const concurrencies = ([64, 1] as const).filter((concurrency) => only.has(`swf${concurrency}`));
  if (concurrencies.length > 0) reports.push(await againstRestate(options, concurrencies));
  if (only.has('million-closed')) reports.push(await millionClosed(options, Number(values.closed)));
  if (only.has('idle-polls')) reports.push(await idlePolls(options));
  if (only.has('long-history')) reports.push(await longHistory(options));
  if (only.has('flow-executions')) reports.push(await flowExecutions(options));
  if (only.has('flow-steps')) reports.push(await flowSteps(options));
  if (only.has('flow-callbacks')) reports.push(await flowCallbacks(options));
  const start = values.sftp === 'listener' ? startListener : startOrrerySftp;
  const megabytes = Number(values.megabytes);
  if (only.has('sftp-files')) reports.push(await sftpFiles({ ...options, start, megabytes }));
  if (only.has('sftp-sessions')) reports.push(await sftpSessions({ ...options, start }));
  if (only.has('openpgp-decrypt')) reports.push(await openpgpDecrypt(options, Number(values.gibibytes)));
  if (only.has('sftp-many-uploads')) reports.push(await sftpManyUploads(options, Number(values.uploads)));
  return reports;
}

exitOnSignals();
if (values.help) process.stdout.write(usage);
else await runBench();
