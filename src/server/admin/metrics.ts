import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { HttpRoute } from '../http-route.ts';
import type { RequestMetrics } from '../request-metrics.ts';

/** A number that is read when the metrics are. */
export interface GaugeSource {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
}

/** How often the event loop's delay is sampled, in milliseconds; the library's own default costs ten times as much. */
const LOOP_DELAY_RESOLUTION = 100;

/** Everything countable, in the Prometheus text format. */
export function metrics(requests: RequestMetrics, gauges: readonly GaugeSource[]): HttpRoute {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_DELAY_RESOLUTION });
  for (const { name, help, read } of gauges)
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  return {
    method: 'GET',
    path: '/metrics',
    access: 'open',
    handle: async () => ({
      contentType: registry.contentType,
      body: `${await registry.metrics()}\n${requests.text()}`,
    }),
  };
}
