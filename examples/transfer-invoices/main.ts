/** Sends two encrypted invoices, of which one is too high: `node examples/transfer-invoices/main.ts` against a running server. */
import { generateKey } from 'openpgp';
import { endedExecutions, eventsOf, type LogEvent } from './executions.ts';
import { Partner } from './partner.ts';
import { createServer, createUser, createWorkflow, keepKey, makeBuckets } from './set-up.ts';

const INVOICES = [
  { number: '2026-0001', amount: 640 },
  { number: '2026-0002', amount: 2900 },
];

makeBuckets();
const workflowId = await createWorkflow();
const serverId = await createServer(workflowId);
const partner = await Partner.create();
const address = await createUser(serverId, 'partner', partner.sshPublicKey);
const { privateKey, publicKey } = await generateKey({ userIDs: [{ name: 'Accounts' }], format: 'armored' });
await keepKey(serverId, 'partner', privateKey);
console.log(`${serverId} serves SFTP on ${address.host}:${address.port}; its uploads start ${workflowId}`);

for (const invoice of INVOICES) await partner.send(invoice, publicKey, address);
await partner.leave();

for (const [at, execution] of (await endedExecutions(workflowId, INVOICES.length)).entries()) {
  const { number, amount } = INVOICES[at] as (typeof INVOICES)[number];
  console.log(`\ninvoice ${number} of € ${amount}: ${execution.vendorStatus}`);
  const events = await eventsOf(execution);
  for (const event of events) tell(event, Date.parse(events[0]?.time ?? ''));
}

/** Prints what a step has come to, with the seconds since the upload. */
function tell({ time, type, attributes }: LogEvent, start: number): void {
  const { stepType = '', stepName = '', errorType, errorMessage } = attributes.details;
  if (type !== 'StepCompleted' && type !== 'StepErrored') return;
  const seconds = ((Date.parse(time) - start) / 1000).toFixed(2).padStart(6);
  const outcome = errorType === undefined ? 'done' : `${errorType}: ${errorMessage}`;
  console.log(`${seconds} s  ${stepType.padEnd(7)} ${stepName.padEnd(10)} ${outcome}`);
}
