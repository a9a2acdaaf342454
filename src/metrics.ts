import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What `/metrics` shows. Durations are seconds. */
export function createMetrics(read: {
  jobLag: () => number;
  gatewayReady: () => boolean;
  shards: () => number;
}) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'koan_job_lag_seconds',
    help: 'By how much the earliest due job is late',
    registers,
    collect() {
      this.set(read.jobLag() / 1000);
    },
  });
  new Gauge({
    name: 'koan_gateway_ready',
    help: '1 while the gateway is connected',
    registers,
    collect() {
      this.set(read.gatewayReady() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'koan_shards',
    help: 'Connections to the gateway',
    registers,
    collect() {
      this.set(read.shards());
    },
  });
  return {
    registry,
    interactions: new Histogram({
      name: 'koan_interaction_seconds',
      help: 'From an interaction to the end of its handler; Discord waits 3 s for the first answer',
      labelNames: ['kind'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10],
      registers,
    }),
    rateLimited: new Counter({
      name: 'koan_rest_rate_limited_total',
      help: 'Requests that waited for a rate limit',
      labelNames: ['global'],
      registers,
    }),
    grades: new Counter({
      name: 'koan_grades_total',
      help: 'Grades that were given or withdrawn',
      labelNames: ['change'],
      registers,
    }),
    store: new Histogram({
      name: 'koan_store_seconds',
      help: 'Calls of the store; each is refused after a second',
      labelNames: ['operation', 'outcome'],
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    rejections: new Counter({
      name: 'koan_unhandled_rejections_total',
      help: 'Rejections that nobody handled; each is in the log',
      registers,
    }),
  };
}
