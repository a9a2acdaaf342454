import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';

export type Health = {
  /** active: does the work. standby: waits to take over. */
  readonly role: 'active' | 'standby';
  readonly store: 'ok' | 'away';
  readonly gateway: 'connected' | 'away';
};

/** Serves `/healthz` (200, or 503 while the store is away) and `/metrics`. */
export function serveHttp(
  port: number,
  host: string,
  health: () => Promise<Health>,
  metrics: Registry,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      if (request.url === '/healthz') {
        const state = await health();
        response.writeHead(state.store === 'ok' ? 200 : 503, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(state)}\n`);
      } else if (request.url === '/metrics') {
        response.writeHead(200, { 'content-type': metrics.contentType });
        response.end(await metrics.metrics());
      } else {
        response
          .writeHead(404, { 'content-type': 'text/plain' })
          .end('only /healthz and /metrics are here\n');
      }
    } catch {
      response.writeHead(500).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
