import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadConfig } from '../../src/config.ts';
import { LIMITS } from '../../src/limits.ts';
import { runExample } from '../support/run-example.ts';
import { startServer } from '../support/start-server.ts';

const FOLDER = join(import.meta.dirname, '../../examples/cloudflow-saga');

/** What was said, without times and the numbers that ids end in. */
const said = (stdout: string): string =>
  stdout.replaceAll(/^ +\d+\.\d\d s /gm, ' ').replaceAll(/-\d{8,}/g, '');

const STORY = `lisbon: a trip to Lisbon for € 640
  ReserveHotel  {"confirmation":"hotel-lisbon"}
  ReserveFlight AirlineBusy: please hold the line
  ReserveFlight {"confirmation":"flight-lisbon"}
  ChargeCard    {"receipt":"receipt-lisbon"}
lisbon is Succeeded: {"hotel":"hotel-lisbon","flight":"flight-lisbon","receipt":"receipt-lisbon"}

sydney: a trip to Sydney for € 2900
  ReserveHotel  {"confirmation":"hotel-sydney"}
  ReserveFlight AirlineBusy: please hold the line
  ReserveFlight {"confirmation":"flight-sydney"}
  ChargeCard    CardDeclined: 2900 is above the limit of 1000
  CancelFlight  {"cancelled":"flight-sydney"}
  CancelHotel   {"cancelled":"hotel-sydney"}
                NotBooked: The trip is not booked, and what was reserved for it is cancelled.
sydney is Failed

`;

describe('the booking example', () => {
  it('books one trip and undoes another, twice on the same server', async (test) => {
    const file = join(FOLDER, 'orrery.yaml');
    const { functions } = loadConfig({ file, flags: {}, environment: {}, folder: FOLDER, limits: LIMITS });
    const { endpoint, stop } = await startServer({ functions });
    test.after(stop);
    for (const round of [1, 2]) {
      const { code, stdout, stderr } = await runExample('cloudflow-saga', endpoint);
      assert.deepEqual([code, stderr], [0, ''], `round ${round}: ${stdout}`);
      assert.equal(said(stdout), STORY);
    }
  });

  it('says so when there is no server', async () => {
    const { code, stderr } = await runExample('cloudflow-saga', 'http://127.0.0.1:1');
    assert.equal(code, 1);
    assert.match(stderr, /ECONNREFUSED/);
  });
});
