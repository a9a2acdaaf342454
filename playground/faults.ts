/** What goes wrong with a request. */
export type Fault =
  /** Answered with this status; nothing happens. */
  | { kind: 'status'; status: number; code?: number /** seconds */; retryAfter?: number }
  /** It happens, but the answer says that it did not. */
  | { kind: 'after-commit'; status?: number }
  /** The connection breaks, before or after it happened. */
  | { kind: 'cut'; after?: boolean }
  /** The request is looked at only after this time. */
  | { kind: 'hang'; ms: number };

export interface FaultMatch {
  method?: string;
  /** Tested on the path after `/api/v10`, without the query. */
  path?: RegExp;
  /** How many matching requests are hit; default 1. */
  times?: number;
  /** How many matching requests pass before. */
  skip?: number;
}

/** Faults in the order in which they were ordered. */
export interface Faults {
  order(match: FaultMatch, fault: Fault): void;
  clear(): void;
}

/** @returns the orders, and the question which fault hits the request at hand (each question counts it). */
export function createFaults(): Faults & { next(method: string, path: string): Fault | undefined } {
  let orders: { match: FaultMatch; fault: Fault; skip: number; times: number }[] = [];
  return {
    order(match, fault) {
      orders.push({ match, fault, skip: match.skip ?? 0, times: match.times ?? 1 });
    },
    clear() {
      orders = [];
    },
    next(method, path) {
      for (const order of orders) {
        if (order.match.method && order.match.method !== method) continue;
        if (order.match.path && !order.match.path.test(path)) continue;
        if (order.skip > 0) {
          order.skip -= 1;
          continue;
        }
        order.times -= 1;
        if (order.times === 0) orders = orders.filter((other) => other !== order);
        return order.fault;
      }
      return undefined;
    },
  };
}
