import { findRedisServer } from './redis-server.ts';

/**
 * Finds (or fetches) the Redis server once, before any worker starts, so that a missing one stops the run with one
 * sentence. The workers inherit its path.
 */
export default async function setup(): Promise<void> {
  process.env.REDIS_SERVER = await findRedisServer();
}
