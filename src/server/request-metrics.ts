/** Upper bounds of the latency histogram, in milliseconds. */
const BOUNDS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000, 60_000, 120_000] as const;

/** Counts of one operation. Kept as plain numbers, since a metrics library would hash the labels of every request. */
export class OperationMetrics {
  readonly api: string;
  readonly operation: string;
  readonly #statuses = new Map<number, number>();
  readonly #buckets = new Float64Array(BOUNDS.length + 1);
  #sum = 0;

  constructor(api: string, operation: string) {
    this.api = api;
    this.operation = operation;
  }

  observe(status: number, milliseconds: number): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    this.#sum += milliseconds;
    let bucket = 0;
    while (bucket < BOUNDS.length && milliseconds > (BOUNDS[bucket] ?? 0)) bucket++;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  get statuses(): ReadonlyMap<number, number> {
    return this.#statuses;
  }

  /** Lines of a Prometheus histogram; nothing before the first request. */
  histogram(name: string): string {
    if (this.#statuses.size === 0) return '';
    const labels = `api="${this.api}",operation="${this.operation}"`;
    let text = '';
    let total = 0;
    for (const [at, count] of this.#buckets.entries()) {
      total += count;
      const bound = at < BOUNDS.length ? (BOUNDS[at] ?? 0) / 1000 : '+Inf';
      text += `${name}_bucket{${labels},le="${bound}"} ${total}\n`;
    }
    return `${text}${name}_sum{${labels}} ${this.#sum / 1000}\n${name}_count{${labels}} ${total}\n`;
  }
}

/** Requests by operation and status, and how long they took. */
export class RequestMetrics {
  readonly #operations: OperationMetrics[] = [];

  operation(api: string, operation: string): OperationMetrics {
    const metrics = new OperationMetrics(api, operation);
    this.#operations.push(metrics);
    return metrics;
  }

  /** In the Prometheus text format. */
  text(): string {
    let requests = '# HELP orrery_requests_total Requests answered.\n# TYPE orrery_requests_total counter\n';
    let times =
      '# HELP orrery_request_duration_seconds Time from a complete request to its answer.\n# TYPE orrery_request_duration_seconds histogram\n';
    for (const metrics of this.#operations) {
      for (const [status, count] of metrics.statuses)
        requests += `orrery_requests_total{api="${metrics.api}",operation="${metrics.operation}",status="${status}"} ${count}\n`;
      times += metrics.histogram('orrery_request_duration_seconds');
    }
    return requests + times;
  }
}
