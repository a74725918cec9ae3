/** An order from its placing to its parcel: `node examples/swf-order/main.ts` against a running server. */
import { registerApplication } from './application.ts';
import { client } from './client.ts';
import { runDecider } from './decider.ts';
import { say } from './say.ts';
import { closeStatusOf, confirmOrder, historyOf, startOrder } from './start.ts';
import { runWorker } from './workers.ts';

const stop = new AbortController();

await registerApplication();
const polling = [
  runDecider(stop.signal),
  runWorker('reserve-stock', stop.signal),
  runWorker('charge-card', stop.signal),
  runWorker('ship', stop.signal),
];
// Whatever fails while the order goes on ends the example; what the abort ends is meant to.
const failed = Promise.all(polling).then(() => undefined);

const order = await startOrder({ orderId: `order-${Date.now()}`, item: 'teapot', quantity: 2, amount: 59 });
await confirmOrder(order);
const closeStatus = await Promise.race([closeStatusOf(order), failed]);
say('shop', `${order.workflowId} is ${closeStatus}`);

stop.abort();
await Promise.allSettled(polling);

for (const { eventId, eventType } of await historyOf(order)) {
  console.log(`${String(eventId).padStart(6)}    ${eventType}`);
}
client.destroy();
process.exitCode = closeStatus === 'COMPLETED' ? 0 : 1;
